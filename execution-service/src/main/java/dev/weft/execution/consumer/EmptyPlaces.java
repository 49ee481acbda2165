package dev.weft.execution.consumer;

import java.time.Duration;

/**
 * Measures what it costs a queue to begin nothing while its work ends (before it is handed over): how long places of
 * the prefetch stayed empty though messages waited, and whether that is long compared with the usual work on one
 * message. Guarded by the worker's lock.
 */
final class EmptyPlaces {

    /** Of those that end one after another the last may take a few times as long as is usual. */
    private static final int USUAL_ONES = 3;
    /** The weight of the newest of them is one in so many. */
    private static final int REMEMBERED = 8;

    private final int places;
    private long usual;
    private int empty;
    private long since;
    private long lost;

    EmptyPlaces(int places) {
        this.places = places;
    }

    /** @param took for which work on one message had its place */
    void ended(long took) {
        usual = usual == 0 ? took : usual + (took - usual) / REMEMBERED;
    }

    /** Counts anew. */
    void begin(int emptyNow) {
        lost = 0;
        empty = emptyNow;
        since = System.nanoTime();
    }

    /** So many have been empty until now as were when it was looked last. */
    void look(int emptyNow) {
        var now = System.nanoTime();
        lost += empty * (now - since);
        empty = emptyNow;
        since = now;
    }

    /**
     * Whether it has come to more than each place could have done in a few usual messages.
     *
     * @param bearable for each place, however short its messages are
     */
    boolean isMuch(Duration bearable) {
        return lost > places * Math.max(bearable.toNanos(), USUAL_ONES * usual);
    }
}
