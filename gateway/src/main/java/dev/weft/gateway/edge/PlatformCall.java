package dev.weft.gateway.edge;

import dev.weft.gateway.answer.JsonAnswer;
import dev.weft.gateway.authentication.Authentication;
import dev.weft.gateway.route.Backend;
import dev.weft.gateway.route.PathMatch;
import dev.weft.gateway.route.PublicEndpoints;
import dev.weft.gateway.route.PublicEndpoints.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one request to the platform API; each check adds what it has found. Used by one thread at a time. */
final class PlatformCall {

    private static final String ATTRIBUTE = PlatformCall.class.getName();

    private final String path;
    private final PathMatch match;
    private String auditEntry = "";
    private @Nullable Authentication caller;
    private JsonAnswer accepted = JsonAnswer.JSON;

    private PlatformCall(String path, PathMatch match) {
        this.path = path;
        this.match = match;
    }

    /** What has been found so far; empty for what is no request to the platform API. */
    static Optional<PlatformCall> known(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof PlatformCall known ? Optional.of(known) : Optional.empty();
    }

    /** The path is looked up once, for the first route that asks whether the request is its own. */
    static PlatformCall of(HttpServletRequest request, PublicEndpoints endpoints) {
        if (request.getAttribute(ATTRIBUTE) instanceof PlatformCall known) {
            return known;
        }
        var path = withoutSlashes(request.getRequestURI());
        var call = new PlatformCall(path, endpoints.find(request.getMethod(), path));
        request.setAttribute(ATTRIBUTE, call);
        return call;
    }

    /** Slashes at the end mean nothing (api-v2 1.1). */
    private static String withoutSlashes(String path) {
        var end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** Raw, as the service gets it. */
    String path() {
        return path;
    }

    PathMatch match() {
        return match;
    }

    boolean leadsTo(Backend backend) {
        return match instanceof PathMatch.Found(var endpoint) && endpoint.backend() == backend;
    }

    /** Of a request that a service's route has taken. */
    Endpoint endpoint() {
        if (match instanceof PathMatch.Found(var endpoint)) {
            return endpoint;
        }
        throw new IllegalStateException("No endpoint is at " + path + ".");
    }

    void admit(Authentication authenticated) {
        caller = authenticated;
    }

    Authentication caller() {
        return Objects.requireNonNull(caller, "The caller has not been authenticated.");
    }

    /** Empty for a guest, of whom nobody has asked who he is, and for whom was not let in. */
    Optional<Authentication> guestOrCaller() {
        return Optional.ofNullable(caller);
    }

    /** The identifier of its entry in the audit trail. */
    void record(String entryId) {
        auditEntry = entryId;
    }

    String auditEntry() {
        return auditEntry;
    }

    void accept(JsonAnswer type) {
        accepted = type;
    }

    JsonAnswer accepted() {
        return accepted;
    }
}
