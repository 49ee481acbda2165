package dev.weft.execution.hop;

import dev.weft.execution.failure.Failure;
import dev.weft.execution.hop.Hearing.Heard;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.routing.Arrival;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.settling.ConfirmRound;
import dev.weft.execution.step.StepUnavailable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The work on one delivery. It is read ({@link Opening}, {@link Hearing}), its step works, then every step that may be
 * done in the same hop ({@link Turns}), until each message has gone to a queue or to its end ({@link Outcomes},
 * {@link Departures}, {@link Failures}). The delivery is acknowledged only when everything published is confirmed and
 * its record is written ({@link ConfirmRound}).
 */
public final class Hop {

    private final Passage passage;
    private final HopTools tools;
    private final Opening opening;
    private final Failures failures;
    private final Outcomes outcomes;
    private final Turns turns;
    private final @Nullable Firing firing;

    public Hop(HopTools tools, WorkedRun run, Delivery delivery, ConfirmRound round) {
        this.tools = tools;
        this.passage = Opening.of(tools, run, delivery, round);
        this.opening = new Opening(passage);
        var departures = new Departures(passage, this::failAnew);
        this.failures = new Failures(passage, departures);
        this.outcomes = new Outcomes(passage, departures, failures);
        this.turns = new Turns(passage, departures, failures, outcomes);
        this.firing = Firing.of(passage);
    }

    public String messageId() {
        return passage.envelope().messageId();
    }

    /** It has not come to its end and is travelled again; false when somebody else has seen to that ({@link ConfirmRound}). */
    public boolean takeBack() {
        return passage.round().takeBack();
    }

    public String tenantId() {
        return passage.plan().flow().tenantId();
    }

    /** When its execution began, milliseconds since 1970. */
    public long startedAt() {
        return passage.envelope().startedAt();
    }

    public String flowId() {
        return passage.flowId();
    }

    /** @throws StepUnavailable when it must be travelled again later, from the start */
    public void travel() {
        // Begun first, then looked up in the records: two deliveries that both look first would both find nothing.
        if (firing != null && !firing.begin()) {
            // It waits rather than being dropped: if the other delivery fails, this one does the work.
            throw new StepUnavailable("Another delivery of this firing is in work.");
        }
        try {
            if ((firing != null && firing.isKnown()) || Hearing.isExplainedRejection(passage)) {
                endFiring();
                passage.round().end();
                return;
            }
            noteWatched();
            go(this::open);
        } catch (RuntimeException | Error e) {
            endFiring();
            throw e;
        }
    }

    /**
     * If a stop drops the queue of a delivery that is in work, and its process dies, nothing but its record tells that it
     * was there. Most need no record of that, since nobody watches them.
     */
    private void noteWatched() {
        var record = passage.record();
        if (record.isWatched()) {
            passage.round().join(tools.recorder().record(record.begun(passage.now())));
        }
    }

    /** The delivery is not worked on: it is an error record, handled like any other. */
    public void fail(Failure failure) {
        go(() -> failures.fail(opening.anyhow(), failure));
    }

    /** The same of one of its messages; by another hop, since this one may have handed over its record already. */
    private void failAnew(Arrival arrival, Failure failure) {
        var anew = new Hop(tools, passage.run(), passage.delivery(), passage.round());
        anew.go(() -> anew.failures.fail(arrival, failure));
    }

    /** A message that a sailor has sent to nobody. */
    public void stray() {
        go(() -> take(new Hearing(passage, opening).stray()));
    }

    private void endFiring() {
        if (firing != null) {
            firing.end();
        }
    }

    /** In the name of its tenant and flow, from the first thing to do to the record of all. */
    private void go(Runnable first) {
        try (passage) {
            ScopedValue.where(Sandbox.TENANT, tenantId())
                    .where(Expressions.WORK, passage)
                    .run(() -> {
                        first.run();
                        turns.takeAll();
                    });
        }
        // Closed before broker and store are waited for: the room is for work only.
        var record = passage.record();
        var written = record.isEmpty()
                ? CompletableFuture.<Void>completedFuture(null)
                : tools.recorder().record(record.whole());
        // The firing ends only when its record is written: until then the record could not show that a second delivery
        // is a repetition.
        passage.round().join(written.whenComplete((_, _) -> endFiring()));
        passage.round().end();
    }

    private void open() {
        var delivery = passage.delivery();
        if (delivery.isRouted()) {
            take(new Hearing(passage, opening).hear());
            return;
        }
        var opened = opening.open();
        if (opened.failure() != null) {
            failures.fail(opened.arrival(), opened.failure());
        } else if (Hearing.isRejection(delivery)) {
            take(new Hearing(passage, opening).failed(opened.arrival(), Failure.rejected()));
        } else {
            passage.next().add(opened.arrival());
        }
    }

    private void take(Heard heard) {
        switch (heard) {
            case Heard.OfWork told -> take(passage.toldBy(told.frame(), told.arrival(), told.begun()), told);
            case Heard.Waits(var again, var noQueue) -> passage.round().publish(again, noQueue);
            case Heard.Nothing() -> {
                // Another frame says it.
            }
        }
    }

    private void take(StepWork work, Heard.OfWork told) {
        turns.attempt(work, () -> {
            switch (told) {
                case Heard.Told frame -> outcomes.take(work, frame.outcome());
                case Heard.Failed frame -> failures.failed(work, frame.failure());
                case Heard.Stray stray -> {
                    work.emit(stray.message());
                    var line = "A message was sent to " + stray.key() + ", which nobody takes.";
                    passage.log(stray.arrival(), LogLevel.WARN, line);
                }
            }
        });
    }
}
