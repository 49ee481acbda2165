package dev.weft.bench.launch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The jars of the services unpacked, once each: a service starts faster so than from the fat one. */
record JarLayouts(BuiltTree tree, Path log) {

    static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED");

    Path of(SuiteService service) throws IOException {
        var layout = tree.root().resolve("layouts").resolve(service.module());
        if (Files.exists(layout)) {
            return layout;
        }
        var jar = tree.jar(service.module());
        var command = List.of(
                JAVA.getFirst(),
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                layout + ".new");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(jar + " could not be unpacked; " + log + " says why");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        var fresh = Path.of(layout + ".new");
        Files.move(fresh.resolve(jar.getFileName()), fresh.resolve("service.jar"));
        // It gets its name when it is whole: one that was interrupted is not taken for unpacked.
        Files.move(fresh, layout);
        return layout;
    }
}
