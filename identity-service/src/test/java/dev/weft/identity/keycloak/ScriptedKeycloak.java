package dev.weft.identity.keycloak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.common.service.SetClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** Keycloak's admin API as far as a test says: what a GET answers by its path, and what else was asked. */
final class ScriptedKeycloak implements AutoCloseable {

    private static final String ADMIN = "/admin/realms";

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    final KeycloakAdmin admin;

    ScriptedKeycloak() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        admin = new KeycloakAdmin(
                new KeycloakHttp(url, new JsonMapper()),
                new KeycloakProperties(url, url, "admin", "secret"),
                new SetClock());
    }

    void answer(String path, String json) {
        answers.put(ADMIN + path, json);
    }

    /** Each as {@code PUT /weft/users/1 {..}}. */
    List<String> changes() {
        return changes;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var path = exchange.getRequestURI().toString();
        if (path.endsWith("/token")) {
            send(exchange, "{\"access_token\":\"a\",\"expires_in\":60}");
        } else if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, answers.get(path));
        } else {
            changes.add((exchange.getRequestMethod() + " " + path.substring(ADMIN.length()) + " " + sent).trim());
            send(exchange, "");
        }
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        var bytes = (json == null ? "" : json).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(json == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
