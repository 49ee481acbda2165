package dev.weft.execution.queue;

import java.time.Duration;

/**
 * Why a queue can not be taken from.
 *
 * @param since on the clock of {@link System#nanoTime}
 */
record QueueTrouble(String queue, long since, String reason) {

    boolean lasts(Duration time) {
        return System.nanoTime() - since > time.toNanos();
    }
}
