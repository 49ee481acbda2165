package dev.weft.execution.hop;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.plan.PlannedWork;
import dev.weft.execution.queue.Deaths;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.sailor.SailorFrame;
import dev.weft.execution.step.Outcome;
import java.util.Optional;

/**
 * A sailor, or the broker in its place, tells of a message that it has been given: each frame is one outcome of its work,
 * which then goes the way of all outcomes (sailor-runtime 9 to 14).
 */
final class Hearing {

    /** On what a sailor would not have, while it waits for an explanation. */
    private static final String REJECTED = "x-weft-rejected";
    /** When the sailor began to work on the message, milliseconds since 1970. */
    private static final String START = "start";

    private final Hop hop;
    private final HopTools tools;
    private final OpenRun run;
    private final Delivery delivery;
    private final ConfirmRound round;
    private final MessageEnvelope envelope;

    Hearing(Hop hop, HopTools tools, OpenRun run, Delivery delivery, ConfirmRound round, MessageEnvelope envelope) {
        this.hop = hop;
        this.tools = tools;
        this.run = run;
        this.delivery = delivery;
        this.round = round;
        this.envelope = envelope;
    }

    static boolean isRejection(Delivery delivery) {
        return delivery.headers().containsKey(REJECTED);
    }

    void hear() {
        SailorFrame frame;
        try {
            frame = tools.sailorFrames().read(delivery);
        } catch (IllegalArgumentException e) {
            heard(hop.arrivedAnyhow(), Failure.unreadable(String.valueOf(e.getMessage())));
            return;
        }
        switch (frame) {
            case SailorFrame.Told(var input, Outcome.Failed(var name, var message, var stack)) ->
                heard(arrival(input), new Failure(name, message, stack));
            case SailorFrame.Told(var input, var outcome) ->
                hop.heard(tools.ids().nextHex32(), arrival(input), begun(), work -> hop.take(work, outcome));
            case SailorFrame.Rejected() -> waitForExplanation();
            case SailorFrame.Returned() -> heard(hop.arrivedAnyhow(), Failure.returnedTooOften());
            case SailorFrame.ErrorReply() -> {
                // The error's own frame sees to it.
            }
        }
    }

    /** An error bears the same name when its frame is delivered again; what a sailor emits may be the same twice. */
    void heard(Arrival arrival, Failure failure) {
        var frame = Ids.sha256(delivery.headers().get(FlowHeaders.MESSAGE_ID) + failure.message() + failure.stack());
        hop.heard(frame, arrival, begun(), work -> hop.failed(work, failure));
    }

    /** The frame that says why may still be on its way. What comes back from this wait is an error unless it has come. */
    private void waitForExplanation() {
        var headers = Deaths.removed(delivery.headers());
        headers.put(REJECTED, true);
        var tenant = run.plan().flow().tenantId();
        var frame = tools.rebounds().frame(tenant, 1, null, speaker().queue(), headers, delivery.body());
        round.publish(frame, new NoWaitingQueue(tools.rebounds(), tenant, 1, null, _ -> run.hasEnded()));
    }

    /** A message to a routing key of the component's own, which nobody takes: it is shown, and goes nowhere. */
    void stray() {
        var arrival = arrival(StepMessage.of(null));
        hop.heard(tools.ids().nextHex32(), arrival, begun(), work -> {
            work.emit(tools.sailorFrames().message(delivery));
            hop.log(arrival, LogLevel.WARN, "A message was sent to " + delivery.key() + ", which nobody takes.");
        });
    }

    private Arrival arrival(StepMessage input) {
        return new Arrival(speaker(), input, envelope);
    }

    private PlannedStep speaker() {
        return Optional.ofNullable(envelope.target())
                .flatMap(run.plan()::find)
                .filter(step -> step.work() instanceof PlannedWork.Sailor)
                .orElseGet(() -> run.firstStep(delivery.queue()));
    }

    private long begun() {
        var now = tools.clock().millis();
        return delivery.headers().get(START) instanceof Number start
                ? Math.clamp(start.longValue(), envelope.startedAt(), Math.max(now, envelope.startedAt()))
                : now;
    }
}
