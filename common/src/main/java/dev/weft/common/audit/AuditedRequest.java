package dev.weft.common.audit;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Scope;
import dev.weft.common.outbox.Outbox.Place;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What is known of a writing request while it is worked on: attached to it, and added to by who learns more. Used by one
 * thread at a time.
 */
final class AuditedRequest {

    private static final String ATTRIBUTE = AuditedRequest.class.getName();
    private static final Set<String> READ_ONLY = Set.of(
            "created_at",
            "updated_at",
            "last_login",
            "last_used_at",
            "status",
            "current_status",
            "registered",
            "team_name",
            "quota_type",
            "context",
            "organization_id",
            "access_key",
            "public_key",
            // Made here and shown once, with a new machine key.
            "secret");
    /** Taken and never shown. */
    private static final Set<String> WRITE_ONLY = Set.of("password", "client_secret");

    private final String id;
    private final Instant at;
    private final AuditAction action;
    private final String path;
    private final @Nullable String ip;
    private final @Nullable String requestId;
    private Optional<AuditActor> actor;
    private @Nullable String known;
    private @Nullable String tenant;
    private @Nullable String contract;
    private @Nullable String workspace;
    private Set<String> sent = Set.of();
    private @Nullable String sentId;
    private boolean ended;

    AuditedRequest(String id, Instant at, AuditAction action, HttpServletRequest request, Optional<Caller> caller) {
        this.id = id;
        this.at = at;
        this.action = action;
        // Raw: what is kept of it are identifiers, of which that of a quota is as long as a token.
        this.path = request.getRequestURI();
        this.ip = ip(request);
        this.requestId = request.getHeader(AuditHeaders.REQUEST_ID);
        this.actor = caller.map(AuditActor::of);
        this.tenant = caller.flatMap(who -> Optional.ofNullable(who.tenantId())).orElse(null);
    }

    /** As the gateway tells it; who asks a service without one is the client himself. */
    static String ip(HttpServletRequest request) {
        var told = request.getHeader(AuditHeaders.IP);
        return told == null ? request.getRemoteAddr() : told;
    }

    void attach(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static Optional<AuditedRequest> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof AuditedRequest known ? Optional.of(known) : Optional.empty();
    }

    /** That of this thread. */
    static Optional<AuditedRequest> current() {
        return currentRequest().flatMap(AuditedRequest::of);
    }

    static Optional<HttpServletRequest> currentRequest() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.of(attributes.getRequest())
                : Optional.empty();
    }

    /** The narrowest scope says where it happens, and of two such the first: the others are what it refers to. */
    void saw(Scope scope, Grants grants) {
        switch (scope) {
            case Scope.Workspace(var found) -> {
                if (workspace == null) {
                    workspace = found;
                    contract = grants.contractId();
                    tenant = grants.tenantId();
                }
            }
            case Scope.Contract(var found) -> {
                if (contract == null) {
                    contract = found;
                    tenant = grants.tenantId();
                }
            }
            case Scope.Tenant _ -> {
                if (tenant == null && !grants.tenantId().isEmpty()) {
                    tenant = grants.tenantId();
                }
            }
        }
    }

    /** Of a request that nobody was authenticated for, and that the handler knows the sender and the object of. */
    void resolved(AuditActor who, Place place, String objectId) {
        actor = Optional.of(who);
        known = objectId;
        tenant = place.tenantId();
        contract = place.contractId();
        workspace = place.workspaceId();
    }

    void sent(Set<String> attributes, @Nullable String withId) {
        sent = attributes;
        sentId = withId;
    }

    boolean isEnded() {
        return ended;
    }

    /** Such as of an invitation that nobody has: it belongs to no tenant. */
    boolean isOfNobody() {
        return actor.isEmpty();
    }

    AuditEntry begun() {
        return entry(AuditOutcome.FAILED, null, object(false, null), List.of());
    }

    /**
     * @param answeredId of the resource in the answer
     * @param shown      the names of its attributes
     */
    AuditEntry ended(int status, @Nullable String answeredId, Set<String> shown) {
        ended = true;
        var outcome = AuditOutcome.of(status);
        var succeeded = outcome == AuditOutcome.SUCCEEDED;
        var object = object(succeeded, answeredId);
        // What nobody has found to be there may be another tenant's.
        if (status != 404) {
            contract = contract == null ? place("contract", succeeded ? object : null) : contract;
            workspace = workspace == null ? place("workspace", succeeded ? object : null) : workspace;
            tenant = tenant == null ? place("tenant", succeeded ? object : null) : tenant;
        }
        return entry(outcome, status, object, succeeded ? changed(shown) : List.of());
    }

    private @Nullable String place(String scope, @Nullable String made) {
        return action.in(path, scope).orElseGet(() -> action.object().equals(scope) ? made : null);
    }

    /** What the handler knows, or what the path names, or oneself, or what was made. */
    private @Nullable String object(boolean succeeded, @Nullable String answeredId) {
        if (known != null) {
            return known;
        }
        if (succeeded && answeredId != null && action.isOfQuota()) {
            return answeredId;
        }
        var named = action.objectIn(path, actorId()).orElse(null);
        if (named != null || !succeeded) {
            return named;
        }
        return answeredId == null && action.creates() ? sentId : answeredId;
    }

    private String actorId() {
        var id = actor.isEmpty() ? null : actor.get().id();
        return id == null ? "" : id;
    }

    /** An answer shows every attribute that there is; unknown names in a request are ignored, and may be anything. */
    private List<String> changed(Set<String> shown) {
        return sent.stream()
                .filter(name -> WRITE_ONLY.contains(name) || (shown.contains(name) && !READ_ONLY.contains(name)))
                .sorted()
                .toList();
    }

    private AuditEntry entry(
            AuditOutcome outcome, @Nullable Integer status, @Nullable String object, List<String> changed) {
        return new AuditEntry(
                id,
                at,
                action.name(),
                outcome,
                status,
                actor.orElseGet(() -> new AuditActor("user", null, "")),
                action.object(),
                object,
                new Place(tenant, contract, workspace),
                ip,
                requestId,
                changed,
                false);
    }
}
