package dev.weft.execution.jsonata;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Flows with an expression that took too long within the service. For a while all their expressions go to the sandbox
 * at once, so that not every message of such a flow first uses up its time here.
 */
final class HeavyFlows {

    private static final int MOST = 10_000;

    private final Duration term;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    /** Flow to the nanosecond until which it counts; the oldest first. */
    private final Map<String, Long> flows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    private volatile boolean isEmpty = true;

    /** @param nanos as {@link System#nanoTime} */
    HeavyFlows(Duration term, LongSupplier nanos) {
        this.term = term;
        this.nanos = nanos;
    }

    void add(String flow) {
        lock.lock();
        try {
            flows.remove(flow);
            // Removed first, so that it becomes the youngest entry: the map drops the oldest.
            flows.put(flow, nanos.getAsLong() + term.toNanos());
            isEmpty = false;
        } finally {
            lock.unlock();
        }
    }

    boolean contains(String flow) {
        if (isEmpty) {
            return false;
        }
        lock.lock();
        try {
            var until = flows.get(flow);
            if (until == null) {
                return false;
            }
            if (until - nanos.getAsLong() > 0) {
                return true;
            }
            flows.remove(flow);
            isEmpty = flows.isEmpty();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
