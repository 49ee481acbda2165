package dev.weft.execution.sandbox;

import dev.weft.sandbox.SandboxJob;
import dev.weft.sandbox.SandboxWorker;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of the worker process: its own classes, the expression language, GraalJS and Jackson. Tenant code that
 * breaks out of its engine finds no database driver, no framework and no class of a service.
 *
 * <p>The service itself runs from directories and jars, from a jar whose manifest names the others, or from an archive
 * with nested jars, which only the archive's own launcher can read: then the worker's jars are extracted.
 */
final class SandboxClassPath {

    private static final Pattern LIBRARY = Pattern.compile(
            "(?:sandbox|expression|jsonata|jackson-annotations|polyglot|js-language|regex|truffle-(?:api|runtime|compiler)"
                    + "|icu4j|xz|collections|nativeimage|word|jniutils)-\\d.*\\.jar|jackson-(?:core|databind)-3\\..*\\.jar");
    /** In a directory of classes: those of jobs, and the language. */
    private static final List<String> MARKS =
            List.of("META-INF/services/" + SandboxJob.class.getName(), "dev/weft/expression/Program.class");

    private static final String NESTED = "BOOT-INF/lib/";

    private SandboxClassPath() {}

    /** For the option {@code -cp}. */
    static String find() throws IOException {
        var own = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
        return joined(isNested() ? unpacked(own) : chosen(System.getProperty("java.class.path")));
    }

    static String joined(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isNested() {
        var source = SandboxWorker.class.getProtectionDomain().getCodeSource();
        return source != null
                && source.getLocation() != null
                && source.getLocation().toString().contains("nested:");
    }

    /** The worker's among the entries of a class path. */
    static List<Path> chosen(String classPath) throws IOException {
        var entries = Stream.of(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
        return (entries.size() == 1 ? named(entries.getFirst()) : entries)
                .stream().filter(SandboxClassPath::isOfWorker).toList();
    }

    /** Those that the manifest of a single jar names. */
    private static List<Path> named(Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) {
            return List.of(jar);
        }
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            var names = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            var base = jar.toAbsolutePath().toUri();
            return names == null
                    ? List.of(jar)
                    : Stream.of(names.strip().split("\\s+", -1))
                            .map(name -> Path.of(base.resolve(URI.create(name))))
                            .toList();
        }
    }

    private static boolean isOfWorker(Path entry) {
        return Files.isDirectory(entry)
                ? MARKS.stream().anyMatch(mark -> Files.exists(entry.resolve(mark)))
                : LIBRARY.matcher(String.valueOf(entry.getFileName())).matches();
    }

    /** Copies of the worker's out of an archive; they go with this process. */
    static List<Path> unpacked(Path archive) throws IOException {
        var directory = Files.createTempDirectory("weft-sandbox-");
        // The JVM deletes in reverse order: the directory, registered first, is deleted last, when it is empty.
        directory.toFile().deleteOnExit();
        var copies = new ArrayList<Path>();
        try (var file = new JarFile(archive.toFile())) {
            for (var entry : file.stream()
                    .filter(entry -> entry.getName().startsWith(NESTED))
                    .toList()) {
                var copy = directory.resolve(entry.getName().substring(NESTED.length()));
                if (isOfWorker(copy)) {
                    try (var in = file.getInputStream(entry)) {
                        Files.copy(in, copy);
                    }
                    copy.toFile().deleteOnExit();
                    copies.add(copy);
                }
            }
        }
        return copies;
    }
}
