package dev.weft.execution.hop;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.plan.PlannedStep.PlannedWork;
import dev.weft.execution.queue.Deaths;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.routing.Arrival;
import dev.weft.execution.sailor.SailorFrames.SailorFrame;
import dev.weft.execution.settling.NoQueue;
import dev.weft.execution.settling.NoWaitingQueue;
import dev.weft.execution.step.Outcome;
import java.util.Optional;

/**
 * Reads what a sailor publishes about a message that it was given, or what the broker says in its place: each frame is
 * one outcome of the sailor's work, and is handled as all outcomes are (sailor-runtime 9 to 14).
 */
final class Hearing {

    /** What one frame of a sailor, or of the broker in its place, means. */
    sealed interface Heard {

        /** A frame that tells of a step's work on a message. */
        sealed interface OfWork extends Heard {

            /** A name that no other frame about the message has. */
            String frame();

            Arrival arrival();

            /** When the work began, milliseconds since 1970. */
            long begun();
        }

        /** One outcome. */
        record Told(String frame, Arrival arrival, long begun, Outcome outcome) implements OfWork {}

        /** The work failed. */
        record Failed(String frame, Arrival arrival, long begun, Failure failure) implements OfWork {}

        /**
         * The sailor published to a routing key of the component's own, which no step consumes: it is shown in the
         * record and goes nowhere.
         */
        record Stray(String frame, Arrival arrival, long begun, StepMessage message, String key) implements OfWork {}

        /** Nothing yet: the frame waits a while, since another one usually explains it. */
        record Waits(FlowFrame again, NoQueue noQueue) implements Heard {}

        /** Nothing, since another frame says it. */
        record Nothing() implements Heard {}
    }

    /** On what a sailor would not have, while it waits for an explanation. */
    private static final String REJECTED = "x-weft-rejected";
    /** When the sailor began to work on the message, milliseconds since 1970. */
    private static final String START = "start";

    private final Passage passage;
    private final Opening opening;
    private final HopTools tools;
    private final Delivery delivery;

    Hearing(Passage passage, Opening opening) {
        this.passage = passage;
        this.opening = opening;
        this.tools = passage.tools();
        this.delivery = passage.delivery();
    }

    static boolean isRejection(Delivery delivery) {
        return delivery.headers().containsKey(REJECTED);
    }

    /** What a sailor would not have has waited for the frame that says why, and that has come. */
    static boolean isExplainedRejection(Passage passage) {
        return isRejection(passage.delivery())
                && passage.tools()
                        .recorder()
                        .hasError(
                                passage.envelope().execution(),
                                passage.envelope().messageId());
    }

    Heard hear() {
        SailorFrame frame;
        try {
            frame = tools.sailorFrames().read(delivery);
        } catch (IllegalArgumentException e) {
            return failed(opening.anyhow(), Failure.unreadable(String.valueOf(e.getMessage())));
        }
        return switch (frame) {
            case SailorFrame.Told(var input, Outcome.Failed failed) -> failed(arrival(input), Failure.of(failed));
            case SailorFrame.Told(var input, var outcome) ->
                new Heard.Told(tools.ids().nextHex32(), arrival(input), begun(), outcome);
            case SailorFrame.Rejected() -> waitForExplanation();
            case SailorFrame.Returned() -> failed(opening.anyhow(), Failure.returnedTooOften());
            // The error itself comes in another frame, which is handled.
            case SailorFrame.ErrorReply() -> new Heard.Nothing();
        };
    }

    /** An error bears the same name when its frame is delivered again; what a sailor emits may be the same twice. */
    Heard failed(Arrival arrival, Failure failure) {
        var frame = Ids.sha256(delivery.headers().get(FlowHeaders.MESSAGE_ID) + failure.message() + failure.stack());
        return new Heard.Failed(frame, arrival, begun(), failure);
    }

    Heard stray() {
        return new Heard.Stray(
                tools.ids().nextHex32(),
                arrival(StepMessage.of(null)),
                begun(),
                tools.sailorFrames().message(delivery),
                delivery.key());
    }

    /**
     * The frame that says why may still be on its way. What comes back from this wait is an error unless it has come.
     */
    private Heard waitForExplanation() {
        var headers = Deaths.removed(delivery.headers());
        headers.put(REJECTED, true);
        var tenant = passage.plan().flow().tenantId();
        var frame = tools.rebounds().frame(tenant, 1, null, speaker().queue(), headers, delivery.body());
        return new Heard.Waits(
                frame,
                new NoWaitingQueue(
                        tools.rebounds(), tenant, 1, null, _ -> passage.run().hasEnded()));
    }

    private Arrival arrival(StepMessage input) {
        return new Arrival(speaker(), input, passage.envelope());
    }

    private PlannedStep speaker() {
        return Optional.ofNullable(passage.envelope().target())
                .flatMap(passage.plan()::find)
                // Only steps worked on by a sailor send frames, whatever target the frame names.
                .filter(step -> step.work() instanceof PlannedWork.Sailor)
                .orElseGet(() -> passage.run().firstStep(delivery.queue()));
    }

    private long begun() {
        var now = passage.now();
        var startedAt = passage.envelope().startedAt();
        // The component sets this number, and its clock is not ours: it is kept between the execution's begin and now.
        return delivery.headers().get(START) instanceof Number start
                // Another process with a clock ahead of ours may have begun the execution; clamp throws when the upper
                // bound is below the lower.
                ? Math.clamp(start.longValue(), startedAt, Math.max(now, startedAt))
                : now;
    }
}
