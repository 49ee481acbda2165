package dev.weft.execution.builtin.http;

import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;

/** A wait within a step; tests replace it by one that does not wait. */
@FunctionalInterface
interface Pause {

    void lasting(Duration time) throws InterruptedException;

    /** Ends early when the worker is to end. */
    default void take(Duration time) {
        try {
            lasting(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepUnavailable(e);
        }
    }
}
