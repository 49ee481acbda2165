package dev.weft.flow;

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
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The other services as this one sees them: who may do what, which functions exist, what credentials are for. */
public final class FlowNeighbours implements AutoCloseable {

    public static final String WEBHOOK_COMPONENT = "5a0000000000000000000c01";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> FUNCTIONS = Map.of(
            "weft/webhook:receive", function(WEBHOOK_COMPONENT, "webhook", "receive", "trigger", false, """
                    {"reply_timeout_ms": {"kind": "plain", "type": "integer", "minimum": 1000, "maximum": 60000}}"""),
            "weft/timer:timer", function("5a0000000000000000000c02", "timer", "timer", "trigger", true, """
                    {"interval": {"kind": "plain", "type": "string", "enum": ["minute", "hour"], "required": true,
                     "requiredUnless": "cron"}}"""),
            "weft/mapper:map", function("5a0000000000000000000c03", "mapper", "map", "action", false, """
                    {"expression": {"kind": "jsonata"}}"""),
            "weft/http:request", function("5a0000000000000000000c05", "http", "request", "action", false, "{}"),
            "weft/filter:filter", function("5a0000000000000000000c04", "filter", "filter", "action", false, """
                    {"expression": {"kind": "jsonata", "required": true}}"""));

    private final HttpServer server;
    private final ECKey key;
    private final Map<String, String> grants = new ConcurrentHashMap<>();
    private final Map<String, String> credentials = new ConcurrentHashMap<>();
    private final Map<String, List<String>> lacks = new ConcurrentHashMap<>();
    final AtomicInteger graphsAskedAbout = new AtomicInteger();
    private final Map<String, HttpHandler> illnesses = new ConcurrentHashMap<>();
    private final Map<String, Boolean> stats = new ConcurrentHashMap<>();

    public FlowNeighbours() throws IOException, JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(
                "/internal/jwks",
                exchange -> answer(exchange, JSON.writeValueAsString(new JWKSet(key.toPublicJWK()).toJSONObject())));
        serve("/internal/access/workspaces/", this::access);
        serve(
                "/internal/workspaces/",
                exchange -> answer(
                        exchange,
                        "{\"flow_stats_enabled_default\":" + stats.getOrDefault(lastPart(exchange), true) + "}"));
        serve("/internal/credentials/", this::aboutCredentials);
        serve("/internal/components/resolve", this::resolve);
        server.start();
    }

    private void serve(String path, HttpHandler healthy) {
        server.createContext(
                path, exchange -> illnesses.getOrDefault(path, healthy).handle(exchange));
    }

    /** What is asked there is answered in this way from now on. */
    void fallIll(String path, HttpHandler illness) {
        illnesses.put(path, illness);
    }

    void recover() {
        illnesses.clear();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** A user with these permissions in the workspace, a member of it. */
    public void allow(String user, String workspace, String contract, String tenant, String... permissions) {
        var names = String.join(
                ",",
                List.of(permissions).stream().map(name -> "\"" + name + "\"").toList());
        grants.put(user + workspace, """
                {"tenantId":"%s","contractId":"%s","contractStatus":"active","member":true,"permissions":[%s]}""".formatted(tenant, contract, names));
    }

    void addCredential(String id, String component) {
        credentials.put(id, component);
    }

    /** No flow can start with the credential, for this reason. */
    void spoilCredential(String id, String lack) {
        lacks.put(id, List.of(lack));
    }

    void withoutStats(String workspace) {
        stats.put(workspace, false);
    }

    /** The Authorization header of a user. */
    public String bearer(String id, String tenant) {
        return bearer(id, tenant, key.getKeyID());
    }

    /** As it is when it was signed with a key that nobody has seen yet. */
    String bearerOfANewKey(String id, String tenant) {
        return bearer(id, tenant, "new");
    }

    private String bearer(String id, String tenant, String keyId) {
        var claims = new JWTClaimsSet.Builder()
                .issuer("identity-service")
                .audience("weft")
                .subject(id)
                .claim("kind", "user")
                .claim("tenant", tenant)
                .claim("name", id)
                .claim("tenant_roles", List.of())
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build(), claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return "Bearer " + token.serialize();
    }

    private void access(HttpExchange exchange) throws IOException {
        var bearer = exchange.getRequestHeaders().getFirst("Authorization");
        try {
            var user = SignedJWT.parse(bearer.substring("Bearer ".length()))
                    .getJWTClaimsSet()
                    .getSubject();
            answer(exchange, grants.get(user + lastPart(exchange)));
        } catch (java.text.ParseException e) {
            throw new IOException(e);
        }
    }

    private void aboutCredentials(HttpExchange exchange) throws IOException {
        var readiness = lastPart(exchange).equals("readiness");
        var answers = new HashMap<String, Object>();
        for (var id : JSON.readTree(exchange.getRequestBody().readAllBytes()).path("ids")) {
            var component = credentials.get(id.stringValue());
            if (component != null) {
                answers.put(id.stringValue(), readiness ? lacks.getOrDefault(id.stringValue(), List.of()) : component);
            }
        }
        answer(exchange, JSON.writeValueAsString(answers));
    }

    private void resolve(HttpExchange exchange) throws IOException {
        graphsAskedAbout.incrementAndGet();
        var answers = new ArrayList<String>();
        for (JsonNode command :
                JSON.readTree(exchange.getRequestBody().readAllBytes()).path("commands")) {
            answers.add(FUNCTIONS.getOrDefault(command.stringValue(), "null"));
        }
        answer(exchange, "[" + String.join(",", answers) + "]");
    }

    private static String function(
            String id, String component, String method, String kind, boolean polling, String fields) {
        return """
                {"component_id":"%s","revision":"%s","team":"weft","component":"%s","method":"%s","kind":"%s","polling":%s,
                 "function":{"title":"T","fields":%s},"credentials":null,"service":null}""".formatted(id, "b".repeat(40), component, method, kind, polling, fields);
    }

    private static String lastPart(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static void answer(HttpExchange exchange, String json) throws IOException {
        var bytes = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
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
