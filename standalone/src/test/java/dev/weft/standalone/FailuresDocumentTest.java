package dev.weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/failures.md} names in its last columns, as {@code Type}, {@code Type.method} or {@code .method}, is there. */
class FailuresDocumentTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*)?(?:\\.([a-z]\\w*))?`");
    private static final Pattern NAME = Pattern.compile("[A-Z]\\w+");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        var sources = sources();
        var found = new ArrayList<String>();
        var missing = new ArrayList<String>();
        for (var line : Files.readAllLines(ROOT.resolve("docs/failures.md"))) {
            if (!line.startsWith("| ")) {
                continue;
            }
            var cell = line.substring(line.lastIndexOf('|', line.lastIndexOf('|') - 1));
            var type = "";
            for (var named = NAMED.matcher(cell); named.find(); ) {
                type = named.group(1) == null ? type : named.group(1);
                var member = named.group(2) == null ? type : named.group(2) + "(";
                (has(sources, type, member) ? found : missing).add(type + " " + member);
            }
        }

        assertThat(missing).isEmpty();
        assertThat(found).hasSizeGreaterThan(300);
    }

    /** In itself, or in what it extends or implements. */
    private static boolean has(Map<String, Path> sources, String type, String text) throws IOException {
        if (!sources.containsKey(type)) {
            return false;
        }
        var source = Files.readString(sources.get(type));
        if (source.contains(text)) {
            return true;
        }
        var head =
                Pattern.compile("(?:class|interface) " + type + "\\b([^{]*)\\{").matcher(source);
        if (head.find()) {
            for (var above = NAME.matcher(head.group(1)); above.find(); ) {
                if (!above.group().equals(type) && has(sources, above.group(), text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Map<String, Path> sources() throws IOException {
        var sources = new HashMap<String, Path>();
        try (var modules = Files.list(ROOT)) {
            for (var module : modules.toList()) {
                for (var kind : new String[] {"src/main/java", "src/test/java"}) {
                    add(module.resolve(kind), sources);
                }
            }
        }
        return sources;
    }

    private static void add(Path directory, Map<String, Path> sources) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> sources.put(file.getFileName().toString().replace(".java", ""), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
