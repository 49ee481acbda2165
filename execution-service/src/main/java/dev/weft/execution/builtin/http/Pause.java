package dev.weft.execution.builtin.http;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** Waiting in place, so that tests need not. */
@FunctionalInterface
interface Pause {

    void lasting(Duration time) throws InterruptedException;

    /** Ends early when the worker is to end. */
    default void take(Duration time) {
        try {
            lasting(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while a call waited to be made again.");
        }
    }
}
