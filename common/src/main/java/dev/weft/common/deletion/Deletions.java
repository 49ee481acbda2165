package dev.weft.common.deletion;

import static java.time.Duration.ofSeconds;

import dev.weft.common.deletion.DeletionRepository.NotedDeletion;
import dev.weft.common.duty.RareLines;
import dev.weft.common.event.EventHandler;
import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * A service's part in deletions. Each is noted first, before anything is looked at; then any replica has the
 * {@link DeletionParticipant}s delete what they hold, again and again until nothing is left, and tells the owner: the fact
 * {@code deletion.acknowledged}, subject what is deleted, payload {@code {"scope":"workspace","service":"flow-service"}}.
 * So neither a crash nor a repetition does any harm, and a fact that is told again is answered again.
 *
 * <p>Who makes something in a place asks {@link #hasBegun} after it is stored: either that finds the note, or the look
 * that follows the note finds what was made.
 */
public final class Deletions {

    /** Longer than any request takes: one that was permitted before may still make something after the last look. */
    static final Duration LATE_REQUESTS = Duration.ofMinutes(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration TRACES_PAUSE = ofSeconds(10);

    /** Longer than a message may lie among those that could not be handled. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int AT_ONCE = 200;

    private final DeletionRepository deletions;
    private final Supplier<List<DeletionParticipant>> participants;
    private final Outbox outbox;
    private final Clock clock;
    private final String service;
    private final RareLines lines = new RareLines(LoggerFactory.getLogger(Deletions.class));

    Deletions(
            DeletionRepository deletions,
            Supplier<List<DeletionParticipant>> participants,
            Outbox outbox,
            Clock clock,
            String service) {
        this.deletions = deletions;
        this.participants = participants;
        this.outbox = outbox;
        this.clock = clock;
        this.service = service;
    }

    /** Handles the fact that begins the deletion of its subject. */
    public EventHandler of(DeletionScope scope) {
        return event -> hear(new Deletion(
                scope,
                event.subjectId(),
                event.version(),
                event.tenantId(),
                scope == DeletionScope.CONTRACT ? event.subjectId() : event.contractId(),
                event.actorId()));
    }

    /** Notes the deletion; the next sweep begins it. A message that begins one does not wait for what that takes. */
    public void hear(Deletion deletion) {
        deletions.begin(deletion, clock.instant());
        deletions.tellEndAgain(deletion, acknowledgement(deletion));
    }

    /** Whether what has this id is deleted, or about to be. */
    public boolean hasBegun(String id) {
        return deletions.hasBegun(id);
    }

    /** Something that what is left of it may have waited for has happened. */
    public void lookSoon(String id) {
        deletions.lookSoon(id, clock.instant());
    }

    void sweep() {
        deletions.due(clock.instant(), AT_ONCE).forEach(this::attempt);
    }

    void forget() {
        deletions.forget(clock.instant().minus(KEPT));
    }

    private void attempt(NotedDeletion noted) {
        try {
            look(noted);
        } catch (RuntimeException e) {
            // One that fails must not hold up the others; it comes again.
            lines.warn(
                    "What is deleted can not be removed yet", noted.deletion().id(), e);
            deletions.postpone(noted.deletion(), clock.instant(), LONGEST_PAUSE);
        }
    }

    private void look(NotedDeletion noted) {
        var deletion = noted.deletion();
        var left = Remainder.NOTHING;
        for (var participant : participants.get()) {
            if (participant.scope() == deletion.scope()) {
                left = left.and(participant.clear(deletion));
            }
        }
        var now = clock.instant();
        if (left == Remainder.SOMETHING) {
            deletions.postpone(deletion, now, LONGEST_PAUSE);
            return;
        }
        deletions.finish(deletion, acknowledgement(deletion));
        if (left == Remainder.NOTHING && isPast(noted.heard(), now)) {
            deletions.rest(deletion);
        } else {
            deletions.lookAgain(deletion, now.plus(TRACES_PAUSE));
        }
    }

    private static boolean isPast(Instant heard, Instant now) {
        return heard.plus(LATE_REQUESTS).isBefore(now);
    }

    /** None where nobody waits for it. */
    private List<Outgoing> acknowledgement(Deletion deletion) {
        if (!deletion.scope().services().contains(service)) {
            return List.of();
        }
        var place = new Outbox.Place(deletion.tenantId(), deletion.contractId(), null);
        var scope = deletion.scope().name().toLowerCase(Locale.ROOT);
        return List.of(outbox.event(
                Fact.DELETION_ACKNOWLEDGED,
                deletion.version(),
                place,
                deletion.id(),
                null,
                Map.of("scope", scope, "service", service)));
    }
}
