package dev.weft.bench.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service that flows of a fault call: notes each {@code {"id": ".."}} with its idempotency key and its instant, and
 * takes its time for the answer.
 */
public final class EffectSink implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] ANSWER = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);

    private final List<SinkEffect> effects = new ArrayList<>();
    private final Duration work;
    private final HttpServer server;

    public EffectSink() throws IOException {
        this(Duration.ZERO);
    }

    /** @param work from the arrival of a call, which counts, to its answer */
    public EffectSink(Duration work) throws IOException {
        this.work = work;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/effect";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            var key = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Idempotency-Key"), "none");
            // The call counts when it arrives: a caller that dies while it waits for the answer has brought it about
            // all the same.
            note(new SinkEffect(body.path("id").asString(""), key, System.nanoTime(), Instant.now()));
            LockSupport.parkNanos(work.toNanos());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }

    private void note(SinkEffect effect) {
        synchronized (effects) {
            effects.add(effect);
        }
    }

    /** In the order of their arrival. */
    public List<SinkEffect> effects() {
        synchronized (effects) {
            return List.copyOf(effects);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
