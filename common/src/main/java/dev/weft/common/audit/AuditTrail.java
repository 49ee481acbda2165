package dev.weft.common.audit;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox.Place;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's part of the audit trail (api-v2 11.8). Of a writing request a begun entry is stored before its handler works,
 * and replaced by the whole one before it is answered; from then on it is told until identity-service is sure to get it. So
 * whatever dies at whatever moment, the trail knows that the request was there.
 */
public final class AuditTrail {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);

    /** No request is worked on for so long: its process is gone. */
    static final Duration LONGEST_WORK = Duration.ofMinutes(10);
    /** What has been ended for so long is not told by the process that ended it. */
    static final Duration LEFT_BEHIND = Duration.ofSeconds(10);

    private static final int AT_ONCE = AuditRelay.AT_ONCE;
    private static final int MOST_AT_A_SWEEP = 1_000;

    private final MongoAuditOutbox outbox;
    private final AuditTeller teller;
    private final AuditRelay relay;
    private final Ids ids;
    private final Clock clock;
    private final String service;

    AuditTrail(MongoAuditOutbox outbox, AuditTeller teller, AuditRelay relay, Ids ids, Clock clock, String service) {
        this.outbox = outbox;
        this.teller = teller;
        this.relay = relay;
        this.ids = ids;
        this.clock = clock;
        this.service = service;
    }

    /**
     * Of secrets that the answer under way is going to show in clear; stored when this returns, so none is shown without.
     *
     * @param action a name of the table, {@code credential.read}
     * @param grants the caller's where the secrets are
     * @param secrets identifiers of what has them
     */
    public void readInClear(
            Caller caller, String action, Grants grants, @Nullable String workspaceId, List<String> secrets) {
        if (secrets.isEmpty()) {
            return;
        }
        var request = AuditedRequest.currentRequest();
        var place = new Place(grants.tenantId(), grants.contractId(), workspaceId);
        var entries = secrets.stream()
                .map(secret -> entry(AuditActor.of(caller), action, place, secret, request, 200))
                .toList();
        outbox.add(entries);
        for (var entry : entries) {
            var _ = teller.tell(entry);
        }
    }

    /**
     * Does what the service does by itself, with an entry when it was done; also when the process died in between.
     *
     * @param work whether there was anything to do
     */
    public boolean bySystem(String action, Place place, String objectId, BooleanSupplier work) {
        var entry = entry(AuditActor.system(service), action, place, objectId, Optional.empty(), null);
        outbox.begin(entry.withoutEnd());
        if (!work.getAsBoolean()) {
            outbox.forget(List.of(entry.id()));
            return false;
        }
        end(entry);
        return true;
    }

    /**
     * Who sent the request under way, of which nobody was authenticated, where it belongs, and what it is about. Stored when
     * this returns: should the process die after that, the trail knows whose request it was.
     */
    public void resolved(String userId, String userName, Place place, String objectId) {
        AuditedRequest.current().ifPresent(request -> {
            request.resolved(new AuditActor("user", userId, userName), place, objectId);
            outbox.begin(request.begun());
        });
    }

    /**
     * What the request under way is about, of which nobody was authenticated and whose sender is no user yet, or is not known.
     * Stored as with {@link #resolved}.
     *
     * @param name  of the sender; empty when even that is not known
     * @param place of no tenant when what it is about is gone: identity-service knows where it was
     */
    public void found(String name, Place place, String objectId) {
        AuditedRequest.current().ifPresent(request -> {
            request.resolved(new AuditActor("user", null, name), place, objectId);
            outbox.begin(request.begun());
        });
    }

    private AuditEntry entry(
            AuditActor actor,
            String action,
            Place place,
            String objectId,
            Optional<HttpServletRequest> request,
            @Nullable Integer status) {
        return new AuditEntry(
                ids.next(),
                clock.instant(),
                action,
                AuditOutcome.SUCCEEDED,
                status,
                actor,
                action.substring(0, action.indexOf('.')),
                objectId,
                place,
                request.map(AuditedRequest::ip).orElse(null),
                request.map(sent -> sent.getHeader(AuditHeaders.REQUEST_ID)).orElse(null),
                List.of(),
                false);
    }

    /** Its handler must not work before this returns. */
    void begin(AuditAction action, HttpServletRequest request, Optional<Caller> caller) {
        var given = request.getHeader(AuditHeaders.ENTRY);
        var id = given != null && Ids.isEntity(given) ? given : ids.next();
        var begun = new AuditedRequest(id, clock.instant(), action, request, caller);
        outbox.begin(begun.begun());
        begun.attach(request);
    }

    /** Its answer must not leave before this returns. */
    void end(AuditedRequest request, int status, @Nullable String answeredId, Set<String> shown) {
        if (request.isEnded()) {
            return;
        }
        var entry = request.ended(status, answeredId, shown);
        if (request.isOfNobody()) {
            attempt(entry, () -> outbox.forget(List.of(entry.id())));
        } else {
            end(entry);
        }
    }

    private void end(AuditEntry entry) {
        attempt(entry, () -> outbox.end(entry));
        var _ = teller.tell(entry);
    }

    /** What was asked for is done: who is told that it failed would do it again. */
    private static void attempt(AuditEntry entry, Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            log.warn("Entry {} of the audit trail, {}, could not be stored", entry.id(), entry.action(), e);
        }
    }

    /** Tells what a process left behind that died, or could not reach the broker. */
    void sweep() {
        var now = clock.instant();
        tellAll(most -> outbox.ended(now.minus(LEFT_BEHIND), most), entry -> entry);
        tellAll(most -> outbox.begun(now.minus(LONGEST_WORK), most), AuditEntry::withoutEnd);
    }

    private void tellAll(IntFunction<List<AuditEntry>> left, UnaryOperator<AuditEntry> as) {
        var isMore = true;
        // Bounded, should what is told not go away: the duty comes again soon.
        for (var n = 0; n < MOST_AT_A_SWEEP && isMore; n++) {
            isMore = told(left.apply(AT_ONCE), as);
        }
    }

    private boolean told(List<AuditEntry> left, UnaryOperator<AuditEntry> as) {
        if (!left.isEmpty()) {
            relay.tell(left.stream().map(as).toList());
            outbox.forget(left.stream().map(AuditEntry::id).toList());
        }
        return left.size() == AT_ONCE;
    }
}
