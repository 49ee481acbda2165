package dev.weft.execution.builtin.http;

import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;

/** Waiting in place, so that tests need not. */
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
