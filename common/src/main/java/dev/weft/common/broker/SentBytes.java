package dev.weft.common.broker;

import java.util.concurrent.locks.ReentrantLock;

/**
 * How much the last messages weigh that this process has published to one queue. A queue gives first what came first, so
 * whoever hears from the broker how many messages wait there knows by this about how much they weigh. Newest messages are
 * remembered one by one, older ones in pieces of two, four and so on, a few of each: it takes little memory, however
 * many they are, and the answer is the truer the fewer are asked for.
 */
public final class SentBytes {

    /** What the broker keeps of a message besides its body: headers, and what it notes of it. */
    public static final int OVERHEAD = 1024;

    /** More than a queue may have. */
    private static final int LEVELS = 17;
    /** The largest number of pieces of one size. */
    private static final int PIECES = 4;

    private final ReentrantLock lock = new ReentrantLock();
    /** By level, newest first; a piece of level n has 2^n messages, and all of a level are newer than those of the next. */
    private final long[][] pieces = new long[LEVELS][PIECES + 1];

    private final int[] counts = new int[LEVELS];
    private long sinceMark;

    /** Who asks the broker marks the moment before: what comes later may not be in its answer. */
    public void mark() {
        lock.lock();
        try {
            sinceMark = 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets all that came before the mark, except what is in one piece with what came after it.
     *
     * @return whether anything is left
     */
    public boolean keepSinceMark() {
        lock.lock();
        try {
            var left = sinceMark;
            for (var level = 0; level < LEVELS; level++) {
                var size = 1L << level;
                // Rounded up: a piece that is partly newer is kept.
                counts[level] = (int) Math.min(counts[level], Math.max(0, (left + size - 1) / size));
                left -= counts[level] * size;
            }
            return sinceMark > 0;
        } finally {
            lock.unlock();
        }
    }

    /** @param body of one message, bytes */
    public void add(long body) {
        lock.lock();
        try {
            sinceMark++;
            push(0, body + OVERHEAD);
            for (var level = 0; level < LEVELS && counts[level] > PIECES; level++) {
                var oldest = pieces[level][--counts[level]];
                var before = pieces[level][--counts[level]];
                // Of the highest level the two oldest are forgotten.
                if (level + 1 < LEVELS) {
                    push(level + 1, oldest + before);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void push(int level, long bytes) {
        System.arraycopy(pieces[level], 0, pieces[level], 1, counts[level]);
        pieces[level][0] = bytes;
        counts[level]++;
    }

    /** How many of so many last messages {@link #ofLast} knows of. */
    public long knownOfLast(long messages) {
        lock.lock();
        try {
            var known = 0L;
            for (var level = 0; level < LEVELS; level++) {
                known += (long) counts[level] << level;
            }
            return Math.min(messages, known);
        } finally {
            lock.unlock();
        }
    }

    /** With {@link #OVERHEAD} for each; those that were published by others, or before this process began, weigh nothing. */
    public long ofLast(long messages) {
        var left = messages;
        var bytes = 0L;
        lock.lock();
        try {
            for (var level = 0; level < LEVELS; level++) {
                var size = 1L << level;
                for (var n = 0; n < counts[level]; n++) {
                    if (left < size) {
                        return bytes + pieces[level][n] * left / size;
                    }
                    bytes += pieces[level][n];
                    left -= size;
                }
            }
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
