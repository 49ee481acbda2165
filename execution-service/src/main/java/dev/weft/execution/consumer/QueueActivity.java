package dev.weft.execution.consumer;

import java.time.Duration;

/**
 * How busy this process is with a queue of one replica, which it works on alone. The thread of {@code Balance} looks
 * every few seconds.
 */
final class QueueActivity {

    /** A queue of which something has come within this time is active here. */
    private static final Duration ACTIVE = Duration.ofSeconds(10);

    private long takenBefore;
    /** Also written by who hands the queue over. */
    private volatile long activeAt = longAgo();

    /**
     * @param taken      messages that have come since the start
     * @param isWorking  whether some are in work
     * @param mayLeaveAt {@link System#nanoTime} before which it is not handed over
     * @param leaves     whether it is being handed over
     */
    StepConsumers.Activity look(long taken, boolean isWorking, long mayLeaveAt, boolean leaves) {
        var now = System.nanoTime();
        // The count drops when consumers were closed, since each counts for itself.
        var recent = Math.max(0, taken - takenBefore);
        if (taken != takenBefore || isWorking) {
            activeAt = now;
        }
        takenBefore = taken;
        return new StepConsumers.Activity(
                now - activeAt < ACTIVE.toNanos(), recent, now - mayLeaveAt >= 0 && !leaves, leaves);
    }

    /** It was handed over. */
    void end() {
        activeAt = longAgo();
    }

    private static long longAgo() {
        return System.nanoTime() - ACTIVE.toNanos();
    }
}
