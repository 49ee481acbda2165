package dev.weft.execution.jsonata;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Flows of which an expression took too long within the service: for a while all of theirs are evaluated in the sandbox, so
 * that each message of such a flow does not take its time here again.
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
            // It was taken out first, so that it is the youngest now: the map lets the oldest go.
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
