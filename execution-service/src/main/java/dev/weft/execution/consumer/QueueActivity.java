package dev.weft.execution.consumer;

import java.time.Duration;

/** How busy this process is with a queue that it works on alone; looked at every few seconds, by the balance's thread. */
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
        // Consumers that have gone take what they counted with them.
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
