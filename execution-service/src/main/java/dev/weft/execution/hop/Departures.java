package dev.weft.execution.hop;

import dev.weft.execution.failure.Failure;
import dev.weft.execution.failure.HandlerMessage;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.plan.PlannedStep.PlannedWork;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.routing.Arrival;
import dev.weft.execution.settling.Later;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages that a delivery makes: to the next step within this hop, to another step's queue, to a sailor's
 * queue, or to the waiting caller.
 */
final class Departures {

    /**
     * How often a message is published to a queue that is not there before it is an error. Meanwhile the queue may be
     * declared again, by a start of the flow or by whoever takes from it.
     */
    private static final int MOST_ATTEMPTS = 6;

    private final Passage passage;
    private final HopTools tools;
    private final BiConsumer<Arrival, Failure> late;

    /** @param late fails one of the delivery's messages when the work on the delivery may be done already */
    Departures(Passage passage, BiConsumer<Arrival, Failure> late) {
        this.passage = passage;
        this.tools = passage.tools();
        this.late = late;
    }

    static boolean isDoneHere(PlannedStep step) {
        return step.work() instanceof PlannedWork.Here && !step.head();
    }

    /**
     * To the step's queue when it has one of its own, or to its sailor's; else it is done here, next.
     *
     * @return why it can not go; null: it goes
     */
    @Nullable
    Failure forward(Arrival arrival) {
        if (arrival.step().work() instanceof PlannedWork.Sailor sailor) {
            return give(arrival, sailor);
        }
        if (arrival.step().head()) {
            var headers = arrival.envelope().headers(passage.plan().headers());
            return send(
                    arrival,
                    arrival.step().queue(),
                    headers,
                    () -> tools.codec().encode(arrival.message()));
        }
        passage.next().add(arrival);
        return null;
    }

    /**
     * To the queue that the step's own process takes from; what comes of it, its frames will tell.
     *
     * @return as {@link #forward}
     */
    @Nullable
    Failure give(Arrival arrival, PlannedWork.Sailor sailor) {
        var plan = passage.plan();
        var work = passage.begin(arrival);
        var headers =
                arrival.envelope().sailorHeaders(plan.headers(), plan.flow().id(), tools.seal());
        var handles = plan.errorHandler().filter(arrival.step()::equals).isPresent();
        var failure = send(
                arrival,
                sailor.queue(),
                headers,
                () -> handles
                        ? HandlerMessage.frame(arrival.message(), tools.codec())
                        : tools.codec().encode(arrival.message()));
        // The record "running" is written only if the message could be sent; otherwise the step gets the record of its
        // failure instead.
        if (failure == null) {
            passage.record().add(List.of(work.given()));
        }
        return failure;
    }

    private @Nullable Failure send(Arrival arrival, String queue, Map<String, Object> headers, Supplier<byte[]> body) {
        FlowFrame frame;
        try {
            frame = FlowFrame.to(queue, headers, body.get());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // A message that is too large or nests too deep can not be written. That fails its step, not the whole
            // delivery.
            return Failure.of(e);
        }
        passage.round().publish(frame, attempts -> isSeenTo(arrival, attempts));
        return null;
    }

    /**
     * The queue is gone. With its run: so is the message. Otherwise it may come back, or was deleted by someone else.
     */
    boolean isSeenTo(Arrival arrival, int attempts) {
        if (passage.run().hasEnded()) {
            return true;
        }
        if (attempts < MOST_ATTEMPTS) {
            return false;
        }
        // The error is handled in a hop of its own, which ends the round too. Without one more open part, the end of
        // this publish comes first and would acknowledge the delivery before the error has its record.
        passage.round().extend();
        // This may be the AMQP client's thread, which must neither work nor publish.
        Thread.startVirtualThread(() -> failLate(arrival));
        return true;
    }

    /** Until it can be done: the round waits for it. */
    private void failLate(Arrival arrival) {
        try {
            late.accept(arrival, Failure.unroutable());
        } catch (RuntimeException | Error e) {
            // Whatever went wrong, the delivery stays unacknowledged until this succeeds.
            Later.in(1000, () -> failLate(arrival));
        }
    }

    /** To the caller who waits; that nobody does any more is a line in the log. */
    void answer(Arrival arrival, FlowFrame answer) {
        // Noted in the record: the caller is told of the execution's end only if nobody answered him.
        passage.record().answered();
        passage.round().publish(answer, _ -> nobodyWaits(arrival));
    }

    private boolean nobodyWaits(Arrival arrival) {
        // A line of its own, since the hop's own record may be written already.
        var line = new HopLog("unanswered");
        line.add(arrival, LogLevel.INFO, "The caller no longer waits for the reply.", passage.now());
        passage.round().join(tools.recorder().record(passage.record().of(List.of(), line)));
        return true;
    }
}
