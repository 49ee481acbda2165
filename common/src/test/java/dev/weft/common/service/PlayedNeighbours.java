package dev.weft.common.service;

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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The other services as the one under test sees them: identity-service's keys and tokens, and what a test has them answer
 * besides.
 */
public final class PlayedNeighbours implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ECKey key;
    private final Map<String, HttpHandler> illnesses = new ConcurrentHashMap<>();

    public PlayedNeighbours() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serve("/internal/jwks", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toJSONObject()));
        serve("/internal/service-tokens", this::serviceToken);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What begins with the path is answered in this way, unless it {@linkplain #fallIll falls ill}. */
    public PlayedNeighbours serve(String path, HttpHandler healthy) {
        server.createContext(
                path, exchange -> illnesses.getOrDefault(path, healthy).handle(exchange));
        return this;
    }

    /** What is asked there is answered in this way from now on. */
    public void fallIll(String path, HttpHandler illness) {
        illnesses.put(path, illness);
    }

    public void recover() {
        illnesses.clear();
    }

    /** The Authorization header of a caller. */
    public String bearer(String kind, String id, @Nullable String tenant, String... tenantRoles) {
        return signed(key.getKeyID(), kind, id, tenant, tenantRoles);
    }

    /** A user's, as it is when it was signed with a key that nobody has seen yet. */
    public String bearerOfANewKey(String user, String tenant) {
        return signed("new", "user", user, tenant);
    }

    private String signed(String keyId, String kind, String id, @Nullable String tenant, String... tenantRoles) {
        var claims = new JWTClaimsSet.Builder()
                .issuer("identity-service")
                .audience("weft")
                .subject(id)
                .claim("kind", kind)
                .claim("tenant", tenant)
                .claim("name", id)
                .claim("tenant_roles", List.of(tenantRoles))
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

    private void serviceToken(HttpExchange exchange) throws IOException {
        var bearer = bearer("service", parameter(exchange, "service"), null);
        answer(
                exchange,
                Map.of(
                        "token",
                        bearer.substring("Bearer ".length()),
                        "expiresAt",
                        Instant.now().plusSeconds(60).toString()));
    }

    /** What the token says of who asks. */
    public static JWTClaimsSet caller(HttpExchange exchange) throws IOException {
        try {
            var bearer = exchange.getRequestHeaders().getFirst("Authorization");
            return SignedJWT.parse(bearer.substring("Bearer ".length())).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    /** A parameter of the query; empty when there is none. */
    public static String parameter(HttpExchange exchange, String name) {
        var query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        return Stream.of(query.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** A part of the path; 1 is the first. */
    public static String part(HttpExchange exchange, int at) {
        return exchange.getRequestURI().getPath().split("/", -1)[at];
    }

    public static String lastPart(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** @param body JSON as it stands when it is a text, else what is made JSON of; null for not found */
    public static void answer(HttpExchange exchange, @Nullable Object body) throws IOException {
        var text = body instanceof String json ? json : body == null ? "" : JSON.writeValueAsString(body);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
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
