package dev.weft.standalone.suite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP service that flows call: keeps each body with its idempotency key, by path. */
final class TestSink implements AutoCloseable {

    /** One call. */
    record Call(JsonNode body, String idempotencyKey) {}

    private static final JsonMapper JSON = new JsonMapper();
    private final Map<String, List<Call>> calls = new ConcurrentHashMap<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    TestSink() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    /** The status that calls of a name get from now on; 200 unless said. */
    void answer(String name, int status) {
        answers.put("/" + name, status);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = exchange.getRequestBody().readAllBytes();
            var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            calls.computeIfAbsent(path, _ -> new CopyOnWriteArrayList<>())
                    .add(new Call(body.length == 0 ? JSON.nullNode() : JSON.readTree(body), key == null ? "" : key));
            var answer = "{\"ok\":true}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answers.getOrDefault(path, 200), answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    List<Call> calls(String name) {
        return List.copyOf(calls.getOrDefault("/" + name, List.of()));
    }

    /** The bodies of a name, once there are that many; a firing by the minute may be a minute away. */
    List<JsonNode> await(String name, int count) {
        Awaitility.await(count + " calls of " + name)
                .atMost(Duration.ofMinutes(3))
                .until(() -> calls(name).size() >= count);
        return calls(name).stream().map(Call::body).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
