package dev.weft.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The store in a JVM of its own, which a test may kill. */
final class StoreProcess implements AutoCloseable {
    private final Process process;
    private final String uri;

    private StoreProcess(Process process, String uri) {
        this.process = process;
        this.uri = uri;
    }

    static StoreProcess start(Path file, String... options) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedStoreApplication.class.getName(),
                "--file=" + file,
                "--port=0"));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var at = line.indexOf("mongodb://");
            if (at >= 0) return new StoreProcess(process, line.substring(at).split(" ")[0]);
        }
        throw new IOException("The store ended before it was ready");
    }

    String uri() {
        return uri;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
