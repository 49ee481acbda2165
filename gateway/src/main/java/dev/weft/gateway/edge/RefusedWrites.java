package dev.weft.gateway.edge;

import dev.weft.common.audit.AuditAction;
import dev.weft.common.audit.AuditActions;
import dev.weft.common.audit.AuditActor;
import dev.weft.common.audit.AuditEntry;
import dev.weft.common.audit.AuditOutcome;
import dev.weft.common.audit.AuditTeller;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox.Place;
import dev.weft.common.problem.ProblemCode;
import dev.weft.gateway.answer.RequestId;
import dev.weft.gateway.authentication.Authentication;
import dev.weft.gateway.limit.RateLimit;
import dev.weft.gateway.route.PathMatch;
import dev.weft.gateway.route.PublicEndpoints;
import io.micrometer.core.instrument.Counter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The gateway's part of the audit trail (api-v2 11.8): writing requests of known callers that it refuses itself, or that no
 * service answered. A request of nobody known belongs to no tenant, and one for a path that is not there to no object:
 * neither has an entry.
 */
final class RefusedWrites {

    /** For the broker's confirm; usually it takes a few milliseconds. */
    private static final long PATIENCE_MS = 250;

    /** Of one caller, on this instance: who does not stop asking would fill the trail with that, for as long as it is kept. */
    private static final int TOO_MANY_A_MINUTE = 60;

    private final PublicEndpoints endpoints;
    private final AuditActions actions;
    private final AuditTeller teller;
    private final RateLimit rates;
    private final Ids ids;
    private final Clock clock;
    private final Counter untold;

    RefusedWrites(
            PublicEndpoints endpoints,
            AuditActions actions,
            AuditTeller teller,
            RateLimit rates,
            Ids ids,
            Clock clock,
            Counter untold) {
        this.endpoints = endpoints;
        this.actions = actions;
        this.teller = teller;
        this.rates = rates;
        this.ids = ids;
        this.clock = clock;
        this.untold = untold;
    }

    /** Before the refusal is written. It waits for the broker a moment, and not at all for one that is away. */
    void note(HttpServletRequest request, int status) {
        if (!AuditActions.isWriting(request.getMethod())) {
            return;
        }
        var call = PlatformCall.known(request).orElse(null);
        var caller = call == null ? null : call.guestOrCaller().orElse(null);
        if (call != null && caller != null && isNoted(caller, status)) {
            action(call, request.getMethod()).ifPresent(action -> tell(entry(call, caller, action, request, status)));
        }
    }

    private boolean isNoted(Authentication caller, int status) {
        return status != ProblemCode.TOO_MANY_REQUESTS.status()
                || rates.isWithin("noted:" + caller.caller(), TOO_MANY_A_MINUTE);
    }

    private Optional<AuditAction> action(PlatformCall call, String method) {
        return switch (call.match()) {
            case PathMatch.Found(var endpoint) -> Optional.of(actions.of(method, endpoint.path()));
            case PathMatch.OtherMethods(var allow) ->
                pattern(allow, call.path()).map(path -> actions.of(method, path));
            case PathMatch.Unknown _, PathMatch.Retired _ -> Optional.empty();
        };
    }

    private Optional<String> pattern(String allow, String path) {
        var possible = allow.split(", ", -1)[0];
        return endpoints.find(possible, path) instanceof PathMatch.Found(var endpoint)
                ? Optional.of(endpoint.path())
                : Optional.empty();
    }

    private AuditEntry entry(
            PlatformCall call, Authentication caller, AuditAction action, HttpServletRequest request, int status) {
        var outcome = AuditOutcome.of(status);
        var path = call.path();
        var tenant = caller.tenant() == null ? action.in(path, "tenant").orElse(null) : caller.tenant();
        return new AuditEntry(
                call.auditEntry().isEmpty() ? ids.next() : call.auditEntry(),
                clock.instant(),
                action.name(),
                outcome,
                status,
                new AuditActor(caller.kind(), caller.id(), Objects.requireNonNullElse(caller.name(), "")),
                action.object(),
                action.objectIn(path, caller.id()).orElse(null),
                new Place(
                        tenant,
                        action.in(path, "contract").orElse(null),
                        action.in(path, "workspace").orElse(null)),
                request.getRemoteAddr(),
                RequestId.of(request),
                List.of(),
                // A service that gave no answer may have worked all the same, and knows better.
                outcome == AuditOutcome.FAILED);
    }

    private void tell(AuditEntry entry) {
        var told = teller.tell(entry);
        try {
            if (told.isDone()) {
                count(told.getNow(false));
            } else if (!teller.isFailing()) {
                count(told.get(PATIENCE_MS, TimeUnit.MILLISECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // It is told when the broker takes it, if this process lives so long: no refusal is held back for that.
        }
    }

    private void count(boolean isTold) {
        if (!isTold) {
            untold.increment();
        }
    }
}
