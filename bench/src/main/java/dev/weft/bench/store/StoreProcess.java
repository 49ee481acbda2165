package dev.weft.bench.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The store in a JVM of its own, which its owner may kill. */
public final class StoreProcess implements AutoCloseable {

    private final Process process;
    private final String uri;

    private StoreProcess(Process process, String uri) {
        this.process = process;
        this.uri = uri;
    }

    /** @param program what Java is to run: {@code -jar <file>}, or {@code -cp <path> <class>} */
    public static StoreProcess start(List<String> program, Path file, String... options) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(program);
        // Port 0 is any that is free; what the store prints names it.
        command.addAll(List.of("--file=" + file, "--port=0"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // What is set for this program, such as a password, is for another store.
        builder.environment().keySet().removeIf(name -> name.startsWith("WEFT_"));
        var process = builder.start();
        BufferedReader output = process.inputReader();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var at = line.indexOf("mongodb://");
            if (at >= 0) {
                // Else the store would wait for someone to read what it says later.
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return new StoreProcess(process, line.substring(at).split(" ", 2)[0]);
            }
        }
        throw new IOException("The store ended before it was ready");
    }

    public int port() {
        return URI.create(uri).getPort();
    }

    MongoClient connect() {
        return MongoClients.create(uri);
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
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        stop();
    }
}
