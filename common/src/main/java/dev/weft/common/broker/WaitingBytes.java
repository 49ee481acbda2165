package dev.weft.common.broker;

import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much the messages weigh that this process has sent to wait, and that come to one queue when their wait is over: no
 * queue of the run shows them meanwhile.
 */
public final class WaitingBytes {

    private static final long SECOND_MS = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    /** By the second in which they come. */
    private final TreeMap<Long, Long> bySecond = new TreeMap<>();

    private long sum;

    /**
     * @param body of one message, bytes
     * @param until when it comes, milliseconds
     */
    public void add(long body, long until) {
        lock.lock();
        try {
            bySecond.merge(until / SECOND_MS, body + SentBytes.OVERHEAD, Long::sum);
            sum += body + SentBytes.OVERHEAD;
        } finally {
            lock.unlock();
        }
    }

    /** Those that have come by then are forgotten. */
    public long at(long now) {
        lock.lock();
        try {
            var come = bySecond.headMap(now / SECOND_MS, false);
            for (var bytes : come.values()) {
                sum -= bytes;
            }
            come.clear();
            return sum;
        } finally {
            lock.unlock();
        }
    }
}
