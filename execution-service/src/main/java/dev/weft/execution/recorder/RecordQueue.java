package dev.weft.execution.recorder;

import dev.weft.execution.record.DeliveryRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records that wait to be written. Tenants take turns, so that none waits for everything that another has handed over.
 */
final class RecordQueue {

    /** What one tenant gives at its turn. */
    private static final int AT_A_TURN = 16;

    /**
     * A record, and the future of whoever waits for it.
     *
     * @param reduced how often the store refused it, after which it was made smaller
     * @param since   {@link System#nanoTime} when it arrived
     */
    record Waiting(DeliveryRecord delivery, long weight, CompletableFuture<Void> written, int reduced, long since) {

        static Waiting of(DeliveryRecord delivery, long weight) {
            return new Waiting(delivery, weight, new CompletableFuture<>(), 0, System.nanoTime());
        }

        Waiting reducedTo(DeliveryRecord smaller) {
            return new Waiting(smaller, weight, written, reduced + 1, since);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final LinkedHashMap<String, ArrayDeque<Waiting>> byTenant = new LinkedHashMap<>();
    private int size;

    void add(Waiting waiting) {
        lock.lock();
        try {
            byTenant.computeIfAbsent(waiting.delivery().tenantId(), _ -> new ArrayDeque<>())
                    .add(waiting);
            size++;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is one within the time. */
    boolean await(long patience, TimeUnit unit) throws InterruptedException {
        var left = unit.toNanos(patience);
        lock.lock();
        try {
            while (size == 0) {
                if (left <= 0) {
                    return false;
                }
                left = filled.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Of each tenant in turn, in the order in which they came; at least one if there is any. */
    List<Waiting> take(int most, long mostBytes) {
        // Allocated for all of them: if the list had to grow and memory were short, a record that is already taken
        // would be lost.
        var taken = new ArrayList<Waiting>(most);
        var bytes = 0L;
        lock.lock();
        try {
            while (size > 0 && taken.size() < most && bytes < mostBytes) {
                var turn = byTenant.pollFirstEntry();
                if (turn == null) {
                    break;
                }
                var records = turn.getValue();
                for (var n = 0; n < AT_A_TURN && !records.isEmpty(); n++) {
                    if (taken.size() >= most || bytes >= mostBytes) {
                        break;
                    }
                    var next = records.remove();
                    taken.add(next);
                    bytes += next.weight();
                    size--;
                }
                if (!records.isEmpty()) {
                    byTenant.putLast(turn.getKey(), records);
                }
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    long nanosWaited(long now) {
        lock.lock();
        try {
            var oldest = 0L;
            for (var records : byTenant.values()) {
                oldest = Math.max(oldest, now - records.getFirst().since());
            }
            return oldest;
        } finally {
            lock.unlock();
        }
    }
}
