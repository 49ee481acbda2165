package dev.weft.execution.hop;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.routing.Arrival;
import dev.weft.execution.routing.Router.Routed;
import dev.weft.execution.settling.NoWaitingQueue;
import dev.weft.execution.step.Outcome;

/**
 * Carries out the outcomes of a step's work: a message goes over the edges ({@link dev.weft.execution.routing.Router})
 * and on to {@link Departures}, a reply to the caller, a rebound to a waiting queue, a failure to {@link Failures}, a
 * log line to the record, a snapshot to the round.
 */
final class Outcomes {

    private final Passage passage;
    private final HopTools tools;
    private final Departures departures;
    private final Failures failures;

    Outcomes(Passage passage, Departures departures, Failures failures) {
        this.passage = passage;
        this.tools = passage.tools();
        this.departures = departures;
        this.failures = failures;
    }

    void take(StepWork work, Outcome outcome) {
        switch (outcome) {
            case Outcome.Data(var message) -> emit(work, message);
            case Outcome.Failed failed -> failures.failed(work, Failure.of(failed));
            case Outcome.Rebound rebound -> rebound(work, rebound);
            case Outcome.Reply reply -> reply(work, reply);
            case Outcome.Log(var level, var message) -> passage.log(work.arrival(), level, message);
            case Outcome.Snapshot(var value, var merge) ->
                passage.round()
                        .remember(tools.snapshots()
                                .remember(
                                        passage.flowId(), work.arrival().step().id(), value, merge));
        }
    }

    private void emit(StepWork work, StepMessage message) {
        var from = work.arrival();
        // A splitter emits all its messages in one turn, so the check between turns would come too late.
        passage.time(from.step()).check();
        // The output of the step's expressions is now part of the message; crossing its edges counts as a turn of its
        // own.
        passage.turnOf(from.step());
        var budget = passage.budget(from.step());
        budget.measure(message.body());
        var emit = work.emit(message);
        var leaving = tools.router().leaving(from, message);
        var all = tools.router().route(passage.plan(), from, leaving, emit);
        budget.forgetMade();
        for (var routed : all) {
            if (routed instanceof Routed.Taken(var arrival)) {
                // The room is taken first: a message without room is an error of the step that makes it, and must not
                // be listed among its children.
                claim(arrival);
            }
            work.child(routed.arrival().key());
            switch (routed) {
                case Routed.Taken(var arrival) -> failures.forward(arrival);
                case Routed.Fault(var arrival, var failure) -> failures.fail(arrival, failure);
            }
        }
    }

    /** Room in what the delivery may come to; none is an error of the step that makes the message. */
    private void claim(Arrival arrival) {
        var budget = passage.budget(arrival.step());
        if (Departures.isDoneHere(arrival.step())) {
            budget.add(arrival.message());
        } else {
            budget.publish(arrival.message());
        }
    }

    private void rebound(StepWork work, Outcome.Rebound rebound) {
        var arrival = work.arrival();
        var from = arrival.envelope();
        var tenant = passage.plan().flow().tenantId();
        if (!tools.rebounds().allows(from.rebounds())) {
            failures.failed(work, Failure.reboundLimit(rebound.reason()));
            return;
        }
        var again = from.rebound(tools.ids().nextHex32(), arrival.step().id(), rebound.inPlace());
        var headers = again.headers(passage.plan().headers());
        headers.put(FlowHeaders.REBOUND_REASON, rebound.reason());
        var frame = tools.rebounds()
                .frame(
                        tenant,
                        again.rebounds(),
                        rebound.delay(),
                        arrival.step().queue(),
                        headers,
                        tools.codec().encode(arrival.message()));
        work.rebound(arrival.nextAttemptKey());
        tools.metrics().rebound();
        passage.round()
                .publish(
                        frame,
                        new NoWaitingQueue(
                                tools.rebounds(),
                                tenant,
                                again.rebounds(),
                                rebound.delay(),
                                attempts -> departures.isSeenTo(arrival, attempts)));
    }

    private void reply(StepWork work, Outcome.Reply reply) {
        var arrival = work.arrival();
        var replyTo = arrival.envelope().replyTo();
        // The reply counts as an outcome even if nobody waits for it; otherwise the step would be shown as one that
        // filtered its message.
        work.answer();
        if (replyTo == null) {
            passage.log(arrival, LogLevel.INFO, "No caller is waiting for the reply.");
            return;
        }
        tools.replies().withheld(reply).ifPresent(why -> passage.log(arrival, LogLevel.WARN, why));
        departures.answer(
                arrival, tools.replies().answer(replyTo, arrival.envelope().execution(), reply));
    }
}
