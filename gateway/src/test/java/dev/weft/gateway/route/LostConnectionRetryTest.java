package dev.weft.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.common.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that answers one request of each connection, and ends the connection at the next, as one that is started anew. */
class LostConnectionRetryTest {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private ServerSocket service;
    private BackendClient client;

    @BeforeEach
    void start() throws IOException {
        service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        client = new BackendClient(
                new BackendTargets(Map.of(Backend.FLOW, "http://127.0.0.1:" + service.getLocalPort())));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        service.close();
    }

    private void accept() {
        while (!service.isClosed()) {
            try {
                var connection = service.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            note(lines);
            connection.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            note(lines);
        } catch (IOException e) {
            // The client has ended it.
        }
    }

    private void note(BufferedReader lines) throws IOException {
        var first = lines.readLine();
        if (first == null) {
            return;
        }
        for (var line = first; line != null && !line.isEmpty(); ) {
            line = lines.readLine();
        }
        seen.add(first);
    }

    private int status(String method, String path) throws IOException {
        try (var answer = client.send(Backend.FLOW, new HttpUriRequestBase(method, URI.create(path)))) {
            return answer.getCode();
        }
    }

    @Test
    void aReadGoesThroughOnceMoreWhenAPooledConnectionBroke() throws IOException {
        assertThat(status("GET", "/a")).isEqualTo(204);

        assertThat(status("GET", "/b")).isEqualTo(204);

        assertThat(seen).containsExactly("GET /a HTTP/1.1", "GET /b HTTP/1.1", "GET /b HTTP/1.1");
    }

    @Test
    void whatMayHaveChangedSomethingIsNotDoneTwice() throws IOException {
        assertThat(status("GET", "/a")).isEqualTo(204);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> status("POST", "/b"))
                .satisfies(
                        refusal -> assertThat(refusal.first().code().status()).isEqualTo(503));

        assertThat(seen).containsExactly("GET /a HTTP/1.1", "POST /b HTTP/1.1");
    }
}
