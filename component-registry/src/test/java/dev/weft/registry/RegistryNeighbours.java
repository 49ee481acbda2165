package dev.weft.registry;

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
import dev.weft.common.id.Ids;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** The other services as this one sees them: contracts of tenants, who is in them and what they may do there. */
public final class RegistryNeighbours implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Ids IDS = new Ids();

    private final HttpServer server;
    private final ECKey key;
    private final Map<String, Contract> contracts = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();

    private record Contract(String tenantId, String status, Map<String, Set<String>> members) {}

    public RegistryNeighbours() throws IOException, JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/internal/jwks", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toJSONObject()));
        server.createContext("/internal/service-tokens", this::serviceToken);
        server.createContext("/internal/access/contracts/", this::access);
        server.createContext("/internal/contracts/", this::member);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public String aContract(String tenantId) {
        var id = IDS.next();
        contracts.put(id, new Contract(tenantId, "active", new ConcurrentHashMap<>()));
        return id;
    }

    public void join(String contract, String user, String... permissions) {
        contracts.get(contract).members().put(user, Set.of(permissions));
    }

    public void leave(String contract, String user) {
        contracts.get(contract).members().remove(user);
    }

    /** From so many answers on the user is in no contract, though what was asked before lets them do all they could. */
    public void leaveAfter(int yes, String user) {
        answers.put(user, new AtomicInteger(yes));
    }

    public void suspend(String contract) {
        contracts.computeIfPresent(contract, (_, it) -> new Contract(it.tenantId(), "suspended", it.members()));
    }

    public void delete(String contract) {
        contracts.remove(contract);
    }

    /** The Authorization header of a user. */
    public String bearer(String user, String tenantId) {
        return "Bearer " + token("user", user, tenantId);
    }

    private String token(String kind, String id, String tenantId) {
        var claims = new JWTClaimsSet.Builder()
                .issuer("identity-service")
                .audience("weft")
                .subject(id)
                .claim("kind", kind)
                .claim("tenant", tenantId)
                .claim("name", id)
                .claim("tenant_roles", List.of())
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private void serviceToken(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                Map.of(
                        "token", token("service", "component-registry", null),
                        "expiresAt", Instant.now().plusSeconds(60).toString()));
    }

    private void access(HttpExchange exchange) throws IOException {
        var id = segment(exchange, 4);
        var contract = contracts.get(id);
        var caller = caller(exchange);
        if (contract == null || !contract.tenantId().equals(caller.getClaim("tenant"))) {
            answer(exchange, null);
            return;
        }
        var permissions = contract.members().get(caller.getSubject());
        answer(
                exchange,
                Map.of(
                        "tenantId",
                        contract.tenantId(),
                        "contractId",
                        id,
                        "contractStatus",
                        contract.status(),
                        "member",
                        permissions != null,
                        "permissions",
                        permissions == null ? Set.of() : permissions));
    }

    private void member(HttpExchange exchange) throws IOException {
        var contract = contracts.get(segment(exchange, 3));
        var user = segment(exchange, 5);
        var left = answers.get(user);
        var member = contract != null
                && contract.members().containsKey(user)
                && (left == null || left.getAndDecrement() > 0);
        answer(exchange, Map.of("member", member));
    }

    private static JWTClaimsSet caller(HttpExchange exchange) throws IOException {
        try {
            var bearer = exchange.getRequestHeaders().getFirst("Authorization");
            return SignedJWT.parse(bearer.substring("Bearer ".length())).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    private static String segment(HttpExchange exchange, int at) {
        return exchange.getRequestURI().getPath().split("/", -1)[at];
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
