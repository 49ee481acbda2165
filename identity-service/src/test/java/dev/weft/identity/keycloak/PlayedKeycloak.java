package dev.weft.identity.keycloak;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.identity.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of Keycloak as users, organizations and links to identity providers need, for tests of what this service does
 * with them. What Keycloak itself does with links is tried with the real one.
 */
public final class PlayedKeycloak implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final RSAKey key;
    private final Map<String, ObjectNode> users = new LinkedHashMap<>();
    private final Map<String, ObjectNode> organizations = new LinkedHashMap<>();
    private final Map<String, ObjectNode> providers = new LinkedHashMap<>();
    private final List<String> loggedOut = new CopyOnWriteArrayList<>();

    public PlayedKeycloak() {
        try {
            key = new RSAKeyGenerator(2048).keyID("played").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/auth", this::answer);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/auth";
    }

    /** An identity provider; of the whole realm when there is no organization of that tenant's code. */
    public synchronized void provide(String alias, String issuer, @Nullable String tenantCode) {
        var provider = JSON.createObjectNode().put("alias", alias);
        provider.putObject("config").put("issuer", issuer);
        organizations.values().stream()
                .filter(one -> one.path("alias").asString().equals(tenantCode))
                .forEach(one -> provider.put("organizationId", one.path("id").asString()));
        providers.put(alias, provider);
    }

    /** An account that Keycloak makes when somebody comes from there whom it does not know; its id. */
    public synchronized String comeFrom(String provider, String sub) {
        var account =
                JSON.createObjectNode().put("id", UUID.randomUUID().toString()).put("username", "stranger-" + sub);
        link(account, provider, sub);
        users.put(account.path("id").asString(), account);
        return account.path("id").asString();
    }

    /** As {@code alias:id} at each identity provider. */
    public synchronized List<String> linksOf(String email) {
        return users.values().stream()
                .filter(user -> user.path("username").asString().equals(email))
                .flatMap(user -> user.path("links").valueStream())
                .map(link -> link.path("identityProvider").asString() + ":"
                        + link.path("userId").asString())
                .toList();
    }

    /** What somebody has left to do at the next log-in at a page. */
    public synchronized List<String> actionsOf(String email) {
        return account(email)
                .withArray("requiredActions")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /** As if somebody had set up a one-time password. */
    public synchronized void setOneTimePassword(String email) {
        account(email)
                .withArray("credentials")
                .addObject()
                .put("id", UUID.randomUUID().toString())
                .put("type", "otp");
    }

    public synchronized boolean hasOneTimePassword(String email) {
        return account(email)
                .withArray("credentials")
                .valueStream()
                .anyMatch(one -> one.path("type").asString().equals("otp"));
    }

    private ObjectNode account(String email) {
        return users.values().stream()
                .filter(user -> user.path("username").asString().equals(email))
                .findFirst()
                .orElseThrow();
    }

    /** Names of organizations and of identity providers. */
    public synchronized List<String> names() {
        return Stream.concat(organizations.values().stream(), providers.values().stream())
                .map(one -> one.path("alias").asString())
                .toList();
    }

    /** User names. */
    public List<String> loggedOut() {
        return loggedOut;
    }

    /** An access token of that account, as whose it counts when it has no claims of ours. */
    public String token(String accountId) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(TestServers.publicUrl() + "/auth/realms/weft")
                .audience(Realm.AUDIENCE)
                .subject(accountId)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static void link(ObjectNode account, String provider, String sub) {
        account.withArray("links").addObject().put("identityProvider", provider).put("userId", sub);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var path = exchange.getRequestURI().getPath();
        var method = exchange.getRequestMethod();
        if (path.endsWith("/protocol/openid-connect/token")) {
            reply(exchange, 200, Map.of("access_token", "t", "expires_in", 300));
        } else if (path.endsWith("/certs")) {
            reply(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject());
        } else {
            var parts = List.of(path.replaceFirst("^/auth/admin/realms/?", "").split("/"));
            administrate(exchange, method, parts, body);
        }
    }

    private void administrate(HttpExchange exchange, String method, List<String> parts, byte[] body)
            throws IOException {
        var kind = parts.size() > 1 ? parts.get(1) : "";
        switch (method + " " + kind + " " + parts.size()) {
            case "POST users 2" -> createUser(exchange, body);
            case "GET users 2" -> reply(exchange, 200, users(exchange));
            case "DELETE users 3" -> {
                users.remove(parts.get(2));
                reply(exchange, 204, null);
            }
            case "GET users 3" -> found(exchange, users.get(parts.get(2)));
            case "PUT users 3" -> {
                users.put(parts.get(2), (ObjectNode) JSON.readTree(body));
                reply(exchange, 204, null);
            }
            case "GET users 4" -> {
                var user = users.get(parts.get(2));
                var asked = parts.get(3).equals("credentials") ? "credentials" : "links";
                reply(exchange, user == null ? 404 : 200, user == null ? null : user.withArray(asked));
            }
            case "POST users 4" -> {
                loggedOut.add(users.get(parts.get(2)).path("username").asString());
                reply(exchange, 204, null);
            }
            case "POST users 5" -> {
                link(
                        users.get(parts.get(2)),
                        parts.get(4),
                        JSON.readTree(body).path("userId").asString());
                reply(exchange, 204, null);
            }
            case "DELETE users 5" -> {
                var user = users.get(parts.get(2));
                user.withArray("links").removeIf(link -> isAt(link, parts.get(4)));
                user.withArray("credentials")
                        .removeIf(one -> one.path("id").asString("").equals(parts.get(4)));
                reply(exchange, 204, null);
            }
            case "POST organizations 2" -> {
                var made = (ObjectNode) JSON.readTree(body);
                made.put("id", UUID.randomUUID().toString());
                organizations.put(made.path("id").asString(), made);
                reply(exchange, 201, null);
            }
            case "GET organizations 2" ->
                reply(
                        exchange,
                        200,
                        organizations.values().stream()
                                .filter(one -> query(exchange)
                                        .contains("search=" + one.path("alias").asString()))
                                .toList());
            case "GET organizations 3" -> found(exchange, organizations.get(parts.get(2)));
            case "GET organizations 4" ->
                reply(
                        exchange,
                        200,
                        providers.values().stream()
                                .filter(one ->
                                        one.path("organizationId").asString("").equals(parts.get(2)))
                                .toList());
            case "DELETE organizations 3" -> {
                organizations.remove(parts.get(2));
                reply(exchange, 204, null);
            }
            case "DELETE identity-provider 4" -> {
                providers.remove(parts.get(3));
                reply(exchange, 204, null);
            }
            case "GET identity-provider 4" -> found(exchange, providers.get(parts.get(3)));
            case "GET clients 2" -> reply(exchange, 200, List.of());
            default -> reply(exchange, method.equals("POST") ? 201 : 200, Map.of());
        }
    }

    private void createUser(HttpExchange exchange, byte[] body) throws IOException {
        var made = (ObjectNode) JSON.readTree(body);
        made.put("id", UUID.randomUUID().toString());
        users.put(made.path("id").asString(), made);
        reply(exchange, 201, null);
    }

    private List<ObjectNode> users(HttpExchange exchange) {
        var asked = new LinkedHashMap<String, String>();
        for (var pair : query(exchange).split("&")) {
            var parts = pair.split("=", 2);
            asked.put(parts[0], parts[1]);
        }
        var found = new ArrayList<ObjectNode>();
        for (var user : users.values()) {
            var named = user.path("username").asString().equals(asked.get("username"));
            var linked = user.withArray("links")
                    .valueStream()
                    .anyMatch(link -> isAt(link, asked.get("idpAlias"))
                            && link.path("userId").asString().equals(asked.get("idpUserId")));
            if (named || linked) {
                found.add(user);
            }
        }
        return found;
    }

    private static boolean isAt(JsonNode link, @Nullable String provider) {
        return link.path("identityProvider").asString().equals(provider);
    }

    private static String query(HttpExchange exchange) {
        var query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : URLDecoder.decode(query, StandardCharsets.UTF_8);
    }

    private static void found(HttpExchange exchange, @Nullable ObjectNode one) throws IOException {
        reply(exchange, one == null ? 404 : 200, one);
    }

    private static void reply(HttpExchange exchange, int status, @Nullable Object body) throws IOException {
        var bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
