package dev.weft.bench.launch;

import dev.weft.bench.measure.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A directory for one run of a program: a copy of launcher and jars, and the home of an installation. */
public record OwnPlace(Path directory, BuiltTree tree, int port) {

    /** A machine that has other things to do takes longer to start all than the launcher's usual patience. */
    private static final Map<String, String> OPEN =
            Map.of("WEFT_RATE_API_PER_MINUTE", "0", "WEFT_EGRESS_ALLOW", "127.0.0.0/8", "WEFT_START_SECONDS", "600");

    /** @param options {@code --root=} of the built tree and {@code --port=} of the gateway */
    public static OwnPlace of(Arguments options, String name, Collection<String> modules) throws IOException {
        return of(Path.of(options.text("root", ".")), name, modules, options.number("port", 21080));
    }

    public static OwnPlace of(Path root, String name, Collection<String> modules, int port) throws IOException {
        var directory = Files.createTempDirectory("weft-" + name + "-");
        var tree = new BuiltTree(root).copyTo(directory.resolve("tree"), List.copyOf(modules));
        return new OwnPlace(directory, tree, port);
    }

    public Path home() {
        return directory.resolve("home");
    }

    /** An installation with the rate limit off and loopback addresses allowed to flows; it ends with this program. */
    public LaunchedWeft weft(Map<String, String> more) {
        var settings = new LinkedHashMap<>(OPEN);
        settings.put("WEFT_PORT", Integer.toString(port));
        settings.putAll(more);
        var weft = new LaunchedWeft(tree, home(), settings);
        weft.downAtExit();
        return weft;
    }

    public void delete() throws IOException {
        delete(directory);
    }

    public static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            // In the reverse order what is in a directory comes before it.
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
