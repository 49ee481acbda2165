package dev.weft.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP server that plays all services behind the gateway: identity, doors, and an echo for the rest. */
public final class PlayedServices implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A bearer token that stands for a machine key. */
    public static final String MACHINE_TOKEN = "token.of.machine";

    private final HttpServer server;
    /** API keys by user; a password begins with {@code pw-}. */
    public final Map<String, String> keys = new ConcurrentHashMap<>();

    public final Map<String, String> doors = new ConcurrentHashMap<>();
    /** Flows that begin with a webhook and shall be active. */
    public final Set<String> wanted = ConcurrentHashMap.newKeySet();

    public final AtomicInteger flowQuestions = new AtomicInteger();
    public final AtomicInteger authentications = new AtomicInteger();
    public final AtomicInteger doorQuestions = new AtomicInteger();
    public final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

    public PlayedServices() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/authentications", this::authenticate);
        server.createContext("/internal/service-tokens", exchange -> answer(exchange, 200, serviceToken()));
        server.createContext("/internal/doors/", this::door);
        server.createContext("/internal/flows/", this::flow);
        server.createContext("/", this::echo);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void authenticate(HttpExchange exchange) throws IOException {
        authentications.incrementAndGet();
        var request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        var user = request.path("user").asString("nobody");
        var secret = request.path("secret").asString("");
        if (user.equals("throttled@acme.org")) {
            exchange.getResponseHeaders().set("Retry-After", "42");
            answer(exchange, 429, "{}");
        } else if (secret.equals(keys.get(user))) {
            answer(exchange, 200, token(user));
        } else if (secret.startsWith("pw-") && request.path("password_allowed").asBoolean()) {
            answer(exchange, 200, token(user));
        } else if (request.path("token").asString("").equals(MACHINE_TOKEN)) {
            answer(exchange, 200, token("mk_1").replace("\"user\"", "\"machine-key\""));
        } else {
            answer(exchange, 401, "{}");
        }
    }

    private static String token(String user) {
        var end = Instant.now().plus(Duration.ofSeconds(60)).toString();
        var answer = Map.of(
                "token",
                "internal-" + user,
                "expires_at",
                end,
                "kind",
                "user",
                "id",
                user,
                "tenant",
                "t",
                "name",
                user);
        return JSON.writeValueAsString(answer);
    }

    private static String serviceToken() {
        var end = Instant.now().plus(Duration.ofSeconds(60)).toString();
        return JSON.writeValueAsString(Map.of("token", "internal-gateway", "expiresAt", end));
    }

    private void door(HttpExchange exchange) throws IOException {
        doorQuestions.incrementAndGet();
        var path = exchange.getRequestURI().getPath();
        var door = doors.get(path.substring(path.lastIndexOf('/') + 1));
        answer(exchange, door == null ? 404 : 200, door == null ? "{}" : door);
    }

    private void flow(HttpExchange exchange) throws IOException {
        flowQuestions.incrementAndGet();
        var path = exchange.getRequestURI().getPath();
        var isWanted = wanted.contains(path.substring(path.lastIndexOf('/') + 1));
        answer(exchange, isWanted ? 200 : 404, "{\"status\":\"active\",\"webhook\":true}");
    }

    private void echo(HttpExchange exchange) throws IOException {
        var target = exchange.getRequestURI().toString();
        seen.add(exchange.getRequestMethod() + " " + target);
        if (exchange.getRequestHeaders().containsKey("X-Break")) {
            // No answer comes.
            exchange.close();
            return;
        }
        if (target.contains("/generate-api-key")) {
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            keys.put(authorization.substring("Bearer internal-".length()), "second");
        }
        // What the answer shall say: "name=value".
        for (var said : exchange.getRequestHeaders().getOrDefault("X-Play", List.of())) {
            var equals = said.indexOf('=');
            exchange.getResponseHeaders().add(said.substring(0, equals), said.substring(equals + 1));
        }
        if (exchange.getRequestMethod().equals("DELETE")) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            return;
        }
        var status = exchange.getRequestHeaders().getFirst("X-Status");
        var headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey().toLowerCase(java.util.Locale.ROOT), e -> String.join(",", e.getValue())));
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        answer(
                exchange,
                status == null ? 200 : Integer.parseInt(status),
                JSON.writeValueAsString(Map.of(
                        "method", exchange.getRequestMethod(), "target", target, "headers", headers, "body", body)));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("X-End", "kept");
        exchange.getResponseHeaders().set("Keep-Alive", "timeout=77");
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
