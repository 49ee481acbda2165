package dev.weft.workspace;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The other services as this one sees them: who exists, which components there are, which flows use a credential. */
public final class Neighbours implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ECKey key;
    private final Map<String, Map<String, Object>> users = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> components = new ConcurrentHashMap<>();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private final Set<String> joined = ConcurrentHashMap.newKeySet();
    private final Map<String, List<String>> uses = new ConcurrentHashMap<>();
    private volatile String tenantWorkspaceType = "full";
    private volatile boolean tenantKeepsStats = true;

    public Neighbours() throws IOException, JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/internal/jwks", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toJSONObject()));
        server.createContext("/internal/service-tokens", this::serviceToken);
        server.createContext("/internal/users", this::users);
        server.createContext("/internal/users/", this::joined);
        server.createContext("/internal/tenants/", this::tenant);
        server.createContext("/internal/components/", this::component);
        server.createContext("/internal/flows", this::flows);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public void addUser(String id, String tenantId, String firstName) {
        users.put(
                id,
                Map.of(
                        "id", id,
                        "tenant", tenantId,
                        "email", firstName.toLowerCase(java.util.Locale.ROOT) + "@example.com",
                        "first_name", firstName,
                        "last_name", "Tester"));
    }

    /** What happens while this service waits for the next answer about users or tenants. */
    public void meanwhile(Runnable happening) {
        meanwhile.set(happening);
    }

    /** From now on the user is being deleted: known still to who asked before, gone for who says that it joined. */
    public void beginToDelete(String id) {
        leaving.add(id);
    }

    /** Whether this service has said that the user joined a contract or supports one. */
    public boolean hasJoined(String id) {
        return joined.contains(id);
    }

    public void addComponent(String id, String name, boolean usable, String fields) {
        components.put(
                id,
                Map.of(
                        "id", id,
                        "name", name,
                        "team_name", "team",
                        "usable", usable,
                        "descriptor", Map.of("credentials", Map.of("fields", JSON.readTree(fields)))));
    }

    public void useCredential(String id, List<String> flowIds) {
        uses.put(id, flowIds);
    }

    /** What every tenant sets for what is made in it. */
    public void setTenantDefaults(String workspaceType, boolean keepsStats) {
        tenantWorkspaceType = workspaceType;
        tenantKeepsStats = keepsStats;
    }

    /** The Authorization header of a caller. */
    public String bearer(String kind, String id, String tenantId, String... tenantRoles) {
        var claims = new JWTClaimsSet.Builder()
                .issuer("identity-service")
                .audience("weft")
                .subject(id)
                .claim("kind", kind)
                .claim("tenant", tenantId)
                .claim("name", id)
                .claim("tenant_roles", List.of(tenantRoles))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build();
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return "Bearer " + token.serialize();
    }

    private void serviceToken(HttpExchange exchange) throws IOException {
        var token = bearer("service", parameter(exchange, "service"), null).substring("Bearer ".length());
        answer(
                exchange,
                Map.of(
                        "token",
                        token,
                        "expiresAt",
                        Instant.now().plusSeconds(60).toString()));
    }

    private void users(HttpExchange exchange) throws IOException {
        meanwhile.getAndSet(() -> {}).run();
        var ids = parameter(exchange, "ids").split(",");
        answer(exchange, Stream.of(ids).map(users::get).filter(Objects::nonNull).toList());
    }

    private void joined(HttpExchange exchange) throws IOException {
        joined.add(exchange.getRequestURI().getPath().split("/")[3]);
        var id = exchange.getRequestURI().getPath().split("/")[3];
        answer(exchange, leaving.contains(id) ? null : users.get(id));
    }

    private void tenant(HttpExchange exchange) throws IOException {
        meanwhile.getAndSet(() -> {}).run();
        var id = exchange.getRequestURI().getPath().split("/")[3];
        if (users.values().stream().noneMatch(user -> id.equals(user.get("tenant")))) {
            answer(exchange, null);
            return;
        }
        answer(
                exchange,
                Map.of(
                        "default_workspace_type", tenantWorkspaceType,
                        "flow_stats_enabled_default", tenantKeepsStats));
    }

    private void component(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        answer(exchange, components.get(path.substring(path.lastIndexOf('/') + 1)));
    }

    private void flows(HttpExchange exchange) throws IOException {
        answer(exchange, Map.of("flow_ids", uses.getOrDefault(parameter(exchange, "credential"), List.of())));
    }

    private static String parameter(HttpExchange exchange, String name) {
        var query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        return Stream.of(query.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        var bytes = body == null ? new byte[0] : JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
