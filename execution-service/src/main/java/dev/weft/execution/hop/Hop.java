package dev.weft.execution.hop;

import dev.weft.execution.failure.Failure;
import dev.weft.execution.hop.Hearing.Heard;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.plan.PlannedStep.PlannedWork;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.routing.Arrival;
import dev.weft.execution.routing.Router.Routed;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.settling.ConfirmRound;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.step.StepUnavailable;
import dev.weft.execution.topology.FlowTopology.TopologyException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The work on one delivery. It is read ({@link Opening}, {@link Hearing}), its step works, then every step that may be
 * done in the same hop, until each message has gone to a queue or to its end ({@link Outcomes}, {@link Departures},
 * {@link Failures}). The delivery is acknowledged only when everything published is confirmed and its record is written
 * ({@link ConfirmRound}).
 */
public final class Hop {

    private final Passage passage;
    private final HopTools tools;
    private final Opening opening;
    private final Departures departures;
    private final Failures failures;
    private final Outcomes outcomes;
    private final @Nullable Firing firing;

    public Hop(HopTools tools, WorkedRun run, Delivery delivery, ConfirmRound round) {
        this.tools = tools;
        this.passage = Opening.of(tools, run, delivery, round);
        this.opening = new Opening(passage);
        this.departures = new Departures(passage);
        this.failures = new Failures(passage, departures);
        this.outcomes = new Outcomes(passage, departures, failures);
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
            go(this::open);
        } catch (RuntimeException | Error e) {
            endFiring();
            throw e;
        }
    }

    /** The delivery is not worked on: it is an error record, handled like any other. */
    public void fail(Failure failure) {
        go(() -> failures.fail(opening.anyhow(), failure));
    }

    /** The same of one of its messages. */
    void fail(Arrival arrival, Failure failure) {
        go(() -> failures.fail(arrival, failure));
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
                        workAll();
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
        attempt(work, () -> {
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

    private void workAll() {
        var next = passage.next();
        for (var arrival = next.poll(); arrival != null; arrival = next.poll()) {
            var budget = passage.budget(arrival.step());
            var time = passage.time(arrival.step());
            // The message gives its room back before the step works, so that a step which emits its input does not need
            // the room twice.
            budget.remove(arrival.message());
            // Expressions ask for the time that is left to the current step; steps of the error handler have more.
            passage.turnOf(arrival.step());
            if (budget.isExceeded() || time.isExceeded()) {
                leave(arrival);
            } else if (time.isOver()) {
                // The first step that finds the time used up makes the one error. It marks the time as exceeded, so
                // that the messages behind it are dropped without further errors.
                failures.fail(arrival, Failure.of(time.exceed()));
            } else {
                work(arrival);
            }
        }
    }

    /** Not done any more, since what the delivery may come to is used up: the error at another step says so. */
    private void leave(Arrival arrival) {
        passage.record().add(List.of(passage.begin(arrival).leftUndone(passage.now())));
    }

    private void work(Arrival arrival) {
        var edge = arrival.edge();
        if (edge != null) {
            crossAgain(arrival, edge);
            return;
        }
        switch (arrival.step().work()) {
            case PlannedWork.Here(var step, var usesSnapshot) -> {
                var work = passage.begin(arrival);
                attempt(
                        work,
                        () -> step.work(input(arrival, usesSnapshot)).forEach(outcome -> outcomes.take(work, outcome)));
            }
            case PlannedWork.Sailor sailor -> {
                var given = arrival.again(tools.ids().nextHex32());
                var failure = departures.give(given, sailor);
                if (failure != null) {
                    failures.fail(given, failure);
                }
            }
        }
    }

    private void attempt(StepWork work, Runnable doing) {
        var begun = System.nanoTime();
        try {
            doing.run();
        } catch (StepUnavailable | TopologyException e) {
            // Not the message's fault: the whole delivery is worked on again.
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // A message that is too large or too deep shows as one of these errors. It fails its step, and the worker
            // goes on.
            failures.failed(work, Failure.of(e));
        }
        var step = work.arrival().step();
        tools.metrics().step(step.component(), step.method(), work.status().name(), System.nanoTime() - begun);
        passage.record().add(work.records(passage.now()));
    }

    /** A retry of an edge's fault: the edge decides anew what becomes of its source's message. */
    private void crossAgain(Arrival arrival, String edge) {
        var routed = tools.router().again(passage.plan(), arrival, edge);
        if (routed.isEmpty()) {
            passage.record().add(passage.begin(arrival).records(passage.now()));
            return;
        }
        switch (routed.get()) {
            case Routed.Taken(var over) -> passage.next().add(over);
            case Routed.Fault(var before, var failure) -> failures.fail(before, failure);
        }
    }

    private StepInput input(Arrival arrival, boolean usesSnapshot) {
        var from = arrival.envelope();
        var snapshot =
                usesSnapshot ? tools.snapshots().find(flowId(), arrival.step().id()) : null;
        return new StepInput(
                from.execution(),
                from.effectKey(),
                arrival.message(),
                from.retries() + 1,
                snapshot,
                from.replyTo(),
                passage.budget(arrival.step()));
    }
}
