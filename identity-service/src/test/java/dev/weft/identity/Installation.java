package dev.weft.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A bootstrapped installation: one replica or more, a store in memory, the real Keycloak and broker, and in place of
 * workspace-service a server that knows which users share a contract, and who is in any.
 */
public final class Installation implements AutoCloseable {

    public final String adminEmail = "admin-" + random() + "@example.com";
    public final String adminPassword = "Admin-" + random() + "1!";
    public final String adminKey = random() + random();
    public final String accountPassword = random() + random();
    public final IdentityServer server;
    public final List<IdentityServer> replicas;

    private final EmbeddedStore store = EmbeddedStore.inMemory();
    private final HttpServer workspaces;
    private final Map<String, String> grants = new ConcurrentHashMap<>();
    private final Set<String> meeting = ConcurrentHashMap.newKeySet();
    private final Set<String> owning = ConcurrentHashMap.newKeySet();
    private final Map<String, BooleanSupplier> contractors = new ConcurrentHashMap<>();
    private final Map<String, String> contracts = new ConcurrentHashMap<>();
    private final Map<String, String> roles = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final Path file;
    private final String keycloakUrl;

    public Installation() {
        this(TestServers.keycloakUrl(), 1);
    }

    /** An installation whose Keycloak is at that address, and whose replicas all start at the same moment. */
    public Installation(String keycloakUrl, int size) {
        this.keycloakUrl = keycloakUrl;
        try {
            file = Files.createTempFile("credentials", ".json");
            Files.writeString(
                    file, """
                        {"tenant":{"id":null,"code":"%s"},
                         "tenant_admin":{"email":"%s","password":"%s","api_key":"%s"},
                         "service_account":{"login":"Platform","password":"%s"}}
                        """.formatted("t" + random(), adminEmail, adminPassword, adminKey, accountPassword));
            workspaces = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        workspaces.createContext(
                "/internal/contracts/shared",
                exchange -> answer(
                        exchange,
                        200,
                        "shared",
                        meeting.contains(exchange.getRequestURI().getQuery())));
        workspaces.createContext(
                "/internal/contracts/owned",
                exchange -> answer(
                        exchange,
                        200,
                        "owner",
                        owning.contains(exchange.getRequestURI().getQuery())));
        workspaces.createContext("/internal/users/", this::contracts);
        workspaces.createContext("/internal/access/contracts/", this::grants);
        workspaces.createContext("/internal/tenants/", this::tenants);
        workspaces.start();
        replicas =
                IntStream.range(0, size).mapToObj(_ -> CompletableFuture.supplyAsync(this::replica)).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();
        server = replicas.getFirst();
    }

    /** One more, which its user closes. */
    public IdentityServer anotherReplica() {
        return replica();
    }

    private IdentityServer replica() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("weft.bootstrap.file", file.toString());
        settings.put("weft.bootstrap.public-url", TestServers.publicUrl());
        settings.put("weft.keycloak.url", keycloakUrl);
        settings.put("weft.keycloak.public-url", TestServers.publicUrl());
        settings.put("spring.rabbitmq.addresses", TestServers.rabbitmqUri());
        settings.put(
                "weft.services.workspace",
                "http://localhost:" + workspaces.getAddress().getPort());
        return new IdentityServer(store, settings);
    }

    private void contracts(HttpExchange exchange) throws IOException {
        var token = exchange.getRequestHeaders().getFirst("Authorization").split("\\.")[1];
        var isService = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8)
                .contains("\"kind\":\"service\"");
        var user = exchange.getRequestURI().getPath().split("/")[3];
        try {
            answer(
                    exchange,
                    isService ? 200 : 401,
                    "any",
                    contractors.getOrDefault(user, () -> false).getAsBoolean());
        } catch (IllegalStateException e) {
            answer(exchange, 503, "any", false);
        }
    }

    private void grants(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var found = grants.get(path.substring(path.lastIndexOf('/') + 1));
        answer(exchange, found == null ? 404 : 200, found == null ? "{}" : found);
    }

    /** What workspace-service says that every caller may do in the contract. */
    public void grantIn(String contract, String tenant, String status, String... permissions) {
        var all = String.join(
                ",", Stream.of(permissions).map(one -> "\"" + one + "\"").toList());
        grants.put(contract, """
                {"tenantId":"%s","contractId":"%s","contractStatus":"%s","member":true,"permissions":[%s]}""".formatted(tenant, contract, status, all));
    }

    private void tenants(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var tenant = path.split("/")[3];
        requests.add(exchange.getRequestMethod() + " " + path);
        if (path.endsWith("/closing")) {
            answer(exchange, 200, "{\"contract_ids\":" + contracts.getOrDefault(tenant, "[]") + "}");
        } else {
            meanwhile.getAndSet(() -> {}).run();
            answer(exchange, 200, "{\"used\":" + roles.getOrDefault(tenant, "[]") + "}");
        }
    }

    /** Which contracts and which roles of a tenant are in the way, as JSON. */
    public void use(String tenant, String contractIds, String usedRoles) {
        contracts.put(tenant, contractIds);
        roles.put(tenant, usedRoles);
    }

    /** What happens while this service waits for the next answer about roles. */
    public void meanwhile(Runnable happening) {
        meanwhile.set(happening);
    }

    /** What was asked of workspace-service about tenants. */
    public List<String> askedAbout(String tenant) {
        return requests.stream().filter(asked -> asked.contains(tenant)).toList();
    }

    private static void answer(HttpExchange exchange, int status, String name, boolean value) throws IOException {
        answer(exchange, status, "{\"" + name + "\":" + value + "}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** What workspace-service says when it is asked whether the user is in a contract; an exception is a failure. */
    public void whenAskedForContractsOf(String user, BooleanSupplier answer) {
        contractors.put(user, answer);
    }

    public void letMeet(String user, String other) {
        meeting.add("user=" + user + "&other=" + other);
    }

    /** Of some contract. */
    public void letOwn(String user) {
        owning.add("user=" + user);
    }

    public static String random() {
        var bytes = new byte[6];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What the gateway is told about Basic credentials; the password is allowed too. */
    public Answer authenticate(String user, String secret) {
        return authenticate(user, secret, true);
    }

    public Answer authenticate(String user, String secret, boolean passwordAllowed) {
        return authenticate(Map.of(
                "scheme", "basic",
                "user", user,
                "secret", secret,
                "password_allowed", passwordAllowed,
                "address", "192.0.2.7"));
    }

    public Answer authenticate(Map<String, Object> request) {
        return server.call(
                "POST", "/internal/authentications", request, "X-Weft-Service-Secret", IdentityServer.SERVICE_SECRET);
    }

    public String bearer(String user, String secret) {
        return "Bearer " + authenticate(user, secret).json().path("token").asString();
    }

    public String adminBearer() {
        return bearer(adminEmail, adminKey);
    }

    public String accountBearer() {
        return bearer("platform", accountPassword);
    }

    public Answer call(String bearer, String method, String path, Object body) {
        return server.call(method, path, body, "Authorization", bearer);
    }

    public Answer get(String bearer, String path) {
        return call(bearer, "GET", path, null);
    }

    /** Waits until Keycloak's realm is there and the administrator in it. */
    public void awaitDirectory() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                // Ten wrong passwords in a minute are the end of it, and before the administrator is there his is
                // wrong.
                .pollInterval(Duration.ofMillis(500))
                .until(() -> authenticate(adminEmail, adminPassword).status() == 200);
    }

    public static Map<String, Object> document(String type, Map<String, Object> attributes) {
        return Map.of("data", Map.of("type", type, "attributes", attributes));
    }

    public static Map<String, Object> newUser(String email, String password) {
        return document(
                "user", Map.of("first_name", "Ada", "last_name", "Lovelace", "email", email, "password", password));
    }

    @Override
    public void close() {
        replicas.forEach(IdentityServer::close);
        workspaces.stop(0);
        store.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
