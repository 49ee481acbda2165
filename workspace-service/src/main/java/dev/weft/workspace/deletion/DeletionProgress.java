package dev.weft.workspace.deletion;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.duty.Duty;
import dev.weft.common.duty.RareLines;
import dev.weft.workspace.deletion.DeletingPlace.Asked;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * Brings deletions of contracts and workspaces to their end (domain.md 3): each ends when every service that may hold
 * something of it has said that it does not. Who has not answered is asked again, in pauses that grow to an hour: the word
 * of the deletion may be lost, or the answer.
 */
@Service
class DeletionProgress {

    static final List<DeletionScope> SCOPES = List.of(DeletionScope.WORKSPACE, DeletionScope.CONTRACT);

    private static final int AT_ONCE = 500;
    private static final long LONGEST_MINUTES = 60;

    private final DeletingPlaces places;
    private final PlaceFacts facts;
    private final Deletions deletions;
    private final Clock clock;
    private final RareLines lines = new RareLines(LoggerFactory.getLogger(DeletionProgress.class));

    DeletionProgress(DeletingPlaces places, PlaceFacts facts, Deletions deletions, Clock clock) {
        this.places = places;
        this.facts = facts;
        this.deletions = deletions;
        this.clock = clock;
    }

    /** May be told twice, and after the end. */
    void acknowledged(DeletionScope scope, String id, String service) {
        places.acknowledge(scope, id, service);
        places.find(scope, id).filter(place -> place.owing().isEmpty()).ifPresent(this::end);
    }

    private void end(DeletingPlace place) {
        places.end(place, facts.deleted(place));
        if (place.scope() == DeletionScope.WORKSPACE) {
            // Its contract may be waiting for it.
            deletions.lookSoon(place.contractId());
        }
    }

    @Bean
    Duty unfinishedDeletionsDuty() {
        return Duty.ofService("unfinished-deletions", ofSeconds(5), this::sweep).within(ofMinutes(5));
    }

    void sweep() {
        for (var scope : SCOPES) {
            for (var place : places.all(scope, AT_ONCE)) {
                look(place);
            }
            places.removeEnded(scope);
        }
    }

    private void look(DeletingPlace place) {
        var owing = place.owing();
        var asked = place.asked();
        var now = clock.instant();
        if (owing.isEmpty()) {
            end(place);
        } else if (asked == null) {
            // The fact was told when the deletion was accepted.
            places.ask(place, new Asked(now, 0, now.plus(pause(0))), List.of());
        } else if (!asked.next().isAfter(now)) {
            if (asked.times() > 0) {
                lines.warn(
                        "A deletion waits for services, which are asked again",
                        place.scope() + " " + place.id() + " since " + asked.since() + ": " + owing);
            }
            tell(place, null);
        }
    }

    /** Has the services told of the deletion, the first time or again. */
    void tell(DeletingPlace place, @Nullable String actorId) {
        var now = clock.instant();
        var asked = place.asked();
        var times = asked == null ? 1 : asked.times() + 1;
        places.ask(
                place,
                new Asked(asked == null ? now : asked.since(), times, now.plus(pause(times - 1))),
                List.of(facts.deleting(place, actorId)));
    }

    private static Duration pause(int times) {
        return ofMinutes(Math.min(LONGEST_MINUTES, 1L << Math.min(times, 6)));
    }
}
