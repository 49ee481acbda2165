package dev.weft.execution.queue;

import java.time.Duration;

/**
 * Why a queue can not be consumed, or could not until a moment ago.
 *
 * @param since when it was first seen, on the clock of {@link System#nanoTime}
 * @param last when it was last seen; on the same clock
 */
public record QueueTrouble(String queue, long since, long last, String reason) {

    static QueueTrouble begun(String queue, long now, String reason) {
        return new QueueTrouble(queue, now, now, reason);
    }

    QueueTrouble again(long now, String newReason) {
        return new QueueTrouble(queue, since, now, newReason);
    }

    QueueTrouble goesOn(long now) {
        return new QueueTrouble(queue, since, now, reason);
    }

    /** The broker says that there is no such queue. */
    boolean isMissing() {
        return reason.contains("NOT_FOUND");
    }

    /** One that was over in a moment does not last, however long it is remembered for another to follow. */
    public boolean lasts(Duration time) {
        return last - since > time.toNanos();
    }
}
