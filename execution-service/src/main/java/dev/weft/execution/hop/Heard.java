package dev.weft.execution.hop;

import dev.weft.execution.failure.Failure;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.settling.NoQueue;
import dev.weft.execution.step.Outcome;

/** What one frame of a sailor, or of the broker in its place, says. */
sealed interface Heard {

    /** Of a step's work on a message. */
    sealed interface OfWork extends Heard {

        /** A name that no other frame about the message has. */
        String frame();

        Arrival arrival();

        /** When the work began, milliseconds since 1970. */
        long begun();
    }

    /** One outcome. */
    record Told(String frame, Arrival arrival, long begun, Outcome outcome) implements OfWork {}

    /** That it failed. */
    record Failed(String frame, Arrival arrival, long begun, Failure failure) implements OfWork {}

    /** A message to a routing key of the component's own, which nobody takes: it is shown, and goes nowhere. */
    record Stray(String frame, Arrival arrival, long begun, StepMessage message, String key) implements OfWork {}

    /** Nothing yet: it waits for an explanation. */
    record Waits(FlowFrame again, NoQueue noQueue) implements Heard {}

    /** Nothing that another frame does not say. */
    record Nothing() implements Heard {}
}
