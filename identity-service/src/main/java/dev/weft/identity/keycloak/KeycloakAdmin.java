package dev.weft.identity.keycloak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.http.HttpMethod;
import org.springframework.util.LinkedMultiValueMap;
import tools.jackson.databind.JsonNode;

/** The admin API, called as an administrator of the master realm. Paths begin after {@code /admin/realms}. */
class KeycloakAdmin {

    private static final Logger log = LoggerFactory.getLogger(KeycloakAdmin.class);
    private static final Duration EARLY = Duration.ofSeconds(10);

    private final KeycloakHttp http;
    private final KeycloakProperties properties;
    private final Clock clock;
    private volatile @Nullable Session session;

    KeycloakAdmin(KeycloakHttp http, KeycloakProperties properties, Clock clock) {
        this.http = http;
        this.properties = properties;
        this.clock = clock;
    }

    private record Session(String token, Instant end) {}

    /** What is there; empty for 404. */
    Optional<JsonNode> find(String path) {
        var reply = call(HttpMethod.GET, path, null);
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(require(reply, path).body());
    }

    /** Makes something; false when it is there already (409). */
    boolean create(String path, Object body) {
        var reply = call(HttpMethod.POST, path, body);
        if (reply.status() == 409) {
            return false;
        }
        require(reply, path);
        return true;
    }

    void put(String path, Object body) {
        require(call(HttpMethod.PUT, path, body), path);
    }

    /** Removes something; nothing there is fine. */
    void delete(String path) {
        var reply = call(HttpMethod.DELETE, path, null);
        if (reply.status() != 404) {
            require(reply, path);
        }
    }

    /** What we did not foresee counts as absence: the realm may not be set up yet, or the administrator be another. */
    private static KeycloakReply require(KeycloakReply reply, String path) {
        if (!reply.isOk()) {
            // 404 at a first start only means that the realm does not exist yet.
            log.atLevel(reply.status() == 404 ? Level.DEBUG : Level.WARN)
                    .log("Keycloak refused {}: {} {}", path, reply.status(), reply.body());
            throw KeycloakHttp.unavailable();
        }
        return reply;
    }

    private KeycloakReply call(HttpMethod method, String path, @Nullable Object body) {
        var reply = http.call(method, "/admin/realms" + path, token(), body);
        if (reply.status() == 401) {
            // Keycloak has ended the session early, as after a restart on a new store.
            session = null;
            reply = http.call(method, "/admin/realms" + path, token(), body);
        }
        return reply;
    }

    private String token() {
        var held = session;
        if (held == null || held.end().isBefore(clock.instant())) {
            held = logIn();
            session = held;
        }
        return held.token();
    }

    private Session logIn() {
        var form = new LinkedMultiValueMap<String, String>();
        form.add("grant_type", "password");
        form.add("client_id", "admin-cli");
        form.add("username", properties.adminUser());
        form.add("password", properties.adminPassword());
        var path = "/realms/master/protocol/openid-connect/token";
        var granted = require(http.postForm(path, form), path).body();
        var life = Duration.ofSeconds(granted.path("expires_in").asLong(60));
        return new Session(
                KeycloakHttp.text(granted, "access_token"),
                clock.instant().plus(life).minus(EARLY));
    }
}
