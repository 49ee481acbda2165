package dev.weft.bench.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The repository after a build, the working directory unless said: its launcher and the runnable jar of each module. */
public record BuiltTree(Path root) {

    public Path launcher() {
        return root.resolve("weft").toAbsolutePath().normalize();
    }

    public Path jar(String module) throws IOException {
        var target = root.resolve(module).resolve("target");
        try (var files = Files.newDirectoryStream(target, module + "-*-exec.jar")) {
            for (var file : files) {
                return file.toAbsolutePath().normalize();
            }
        }
        throw new IOException("There is no runnable jar in " + target
                + "; build the tree with mvn package, and start this" + " from its root or with --root=");
    }

    /**
     * Launcher and jars elsewhere: a run of hours must not stumble over the next edit or build. The launcher finds no
     * sources there, so it builds nothing.
     */
    public BuiltTree copyTo(Path directory, List<String> modules) throws IOException {
        copy(root.resolve("weft"), directory.resolve("weft"));
        copy(root.resolve("pom.xml"), directory.resolve("pom.xml"));
        try (var scripts = Files.newDirectoryStream(root.resolve("servers"))) {
            for (var script : scripts) {
                copy(script, directory.resolve("servers").resolve(script.getFileName()));
            }
        }
        for (var module : modules) {
            var jar = jar(module);
            copy(jar, directory.resolve(module).resolve("target").resolve(jar.getFileName()));
        }
        Files.createDirectories(directory.resolve("standalone/target"));
        // The launcher takes the tree for built by this file, and does not build it.
        Files.createFile(directory.resolve("standalone/target/weft-built"));
        return new BuiltTree(directory);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }
}
