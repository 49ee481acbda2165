package dev.weft.bench.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** The service that flows of a fault call: notes each {@code {"id": ".."}} with its idempotency key and its instant. */
final class EffectSink implements AutoCloseable {

    /** One call, at a {@link System#nanoTime()} and by the clock. */
    record Effect(String id, String key, long at, Instant clock) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] ANSWER = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);

    private final List<Effect> effects = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    EffectSink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/effect";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            var key = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Idempotency-Key"), "none");
            effects.add(new Effect(body.path("id").asString(""), key, System.nanoTime(), Instant.now()));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }

    /** In the order of their arrival. */
    List<Effect> effects() {
        return List.copyOf(effects);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
