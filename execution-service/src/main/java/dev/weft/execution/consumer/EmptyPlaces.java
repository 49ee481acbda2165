package dev.weft.execution.consumer;

import java.time.Duration;

/**
 * Measures what it costs a queue to begin nothing while its work ends (before it is handed over): how long messages
 * waited though the prefetch had an empty place for them, and whether that is long compared with the usual work on one
 * message. Guarded by the worker's lock.
 */
final class EmptyPlaces {

    /** Of those that end one after another the last may take a few times as long as is usual. */
    private static final int USUAL_ONES = 3;
    /** The weight of the newest of them is one in so many. */
    private static final int REMEMBERED = 8;

    private long usual;
    private boolean empty;
    private long since;
    private long lost;

    /** @param took for which work on one message had its place */
    void ended(long took) {
        usual = usual == 0 ? took : usual + (took - usual) / REMEMBERED;
    }

    /** Counts anew. */
    void begin(boolean emptyNow) {
        lost = 0;
        empty = emptyNow;
        since = System.nanoTime();
    }

    /** Until now it was as it was at the last look. */
    void look(boolean emptyNow) {
        var now = System.nanoTime();
        lost += empty ? now - since : 0;
        empty = emptyNow;
        since = now;
    }

    /**
     * Whether a message has waited for longer than a few usual ones take.
     *
     * @param bearable however short they are
     */
    boolean isMuch(Duration bearable) {
        return lost > Math.max(bearable.toNanos(), USUAL_ONES * usual);
    }
}
