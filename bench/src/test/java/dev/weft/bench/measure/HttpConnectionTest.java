package dev.weft.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

    private final AtomicInteger connections = new AtomicInteger();

    @Test
    void takesANewConnectionAfterTheLastAnswerOfOne() throws IOException {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server));
            try (var connection = new HttpConnection(URI.create("http://127.0.0.1:" + server.getLocalPort()))) {
                for (var n = 0; n < 6; n++) {
                    assertThat(connection.post("/", new byte[0]).status()).isEqualTo(n % 2 == 0 ? 200 : 503);
                }
            }
        }
        assertThat(connections).hasValue(3);
    }

    /** As the gateway does it: two answers on each, the second is a refusal and the last. */
    private void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                connections.incrementAndGet();
                answer(socket, "200 OK\r\n");
                answer(socket, "503 Service Unavailable\r\nConnection: close\r\n");
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(Socket socket, String head) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (var line = lines.readLine(); line != null && !line.isEmpty(); ) {
            line = lines.readLine();
        }
        socket.getOutputStream()
                .write(("HTTP/1.1 " + head + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
