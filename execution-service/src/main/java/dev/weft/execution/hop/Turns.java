package dev.weft.execution.hop;

import dev.weft.execution.failure.Failure;
import dev.weft.execution.plan.PlannedStep.PlannedWork;
import dev.weft.execution.routing.Arrival;
import dev.weft.execution.routing.Router.Routed;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.step.StepUnavailable;
import dev.weft.execution.topology.FlowTopology.TopologyException;
import java.util.List;

/** The turns of the messages that wait in a hop: each has its step work, within what the delivery may come to. */
final class Turns {

    private final Passage passage;
    private final HopTools tools;
    private final Departures departures;
    private final Failures failures;
    private final Outcomes outcomes;

    Turns(Passage passage, Departures departures, Failures failures, Outcomes outcomes) {
        this.passage = passage;
        this.tools = passage.tools();
        this.departures = departures;
        this.failures = failures;
        this.outcomes = outcomes;
    }

    /** Until no message waits. */
    void takeAll() {
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
                // There may be tens of thousands, each with its record.
                time.giveWay();
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
        passage.record().add(List.of(passage.leave(arrival).leftUndone(passage.now())));
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
                var time = passage.time(arrival.step());
                attempt(
                        work,
                        () -> step.work(input(arrival, usesSnapshot)).forEach(outcome -> {
                            outcomes.take(work, outcome);
                            time.giveWay();
                        }));
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

    /** What goes wrong fails the step, unless it is the platform's fault. */
    void attempt(StepWork work, Runnable doing) {
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
        var snapshot = usesSnapshot
                ? tools.snapshots().find(passage.flowId(), arrival.step().id())
                : null;
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
