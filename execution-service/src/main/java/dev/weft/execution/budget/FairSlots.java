package dev.weft.execution.budget;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A number of slots shared by tenants. A free slot goes to the waiting tenant that holds the fewest, by turns among
 * equals, so each gets its share however many the others ask for. No tenant may hold all of them ({@link #mostOfOne}):
 * some stay free for a tenant that comes next.
 */
public final class FairSlots {

    private record Waiting(String tenant, int count, CompletableFuture<Void> granted) {}

    private final int mostOfOne;
    private final ReentrantLock lock = new ReentrantLock();
    /** In the order of their turns. */
    private final LinkedHashMap<String, ArrayDeque<Waiting>> waiting = new LinkedHashMap<>();

    private final Map<String, Integer> taken = new HashMap<>();
    private int free;

    /** @param kept how many one tenant alone can not have */
    public FairSlots(int slots, int kept) {
        this.free = slots;
        this.mostOfOne = slots - kept;
    }

    /** False when there is none within the time. Each one taken is given back by {@link #release}. */
    public boolean acquire(String tenant, Duration patience) throws InterruptedException {
        return acquire(tenant, 1, patience);
    }

    /** Several at once, {@link #mostOfOne} at most: who needs more needs all that one tenant may have. */
    public boolean acquire(String tenant, int count, Duration patience) throws InterruptedException {
        var request = new Waiting(tenant, count, new CompletableFuture<>());
        lock.lock();
        try {
            waiting.computeIfAbsent(tenant, _ -> new ArrayDeque<>()).add(request);
            grant();
        } finally {
            lock.unlock();
        }
        try {
            request.granted().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            // The slot may have been granted just before the withdrawal; then the request can not be withdrawn, and the
            // slot is ours.
            return !withdraw(request);
        } catch (InterruptedException e) {
            if (!withdraw(request)) {
                release(tenant, count);
            }
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** False when it was granted meanwhile. */
    private boolean withdraw(Waiting request) {
        lock.lock();
        try {
            var queue = waiting.get(request.tenant());
            if (queue == null || !queue.remove(request)) {
                return false;
            }
            if (queue.isEmpty()) {
                waiting.remove(request.tenant());
            }
            // Requests behind it may have waited although they need fewer slots.
            grant();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How many one tenant may have. */
    public int mostOfOne() {
        return mostOfOne;
    }

    public void release(String tenant) {
        release(tenant, 1);
    }

    public void release(String tenant, int count) {
        lock.lock();
        try {
            free += count;
            taken.computeIfPresent(tenant, (_, all) -> all == count ? null : all - count);
            grant();
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        for (var next = next(); next.isPresent(); next = next()) {
            var request = next.get();
            if (request.count() > free) {
                // Nobody behind it is served first: smaller requests would take each slot as it becomes free, and a
                // large one would wait for ever.
                return;
            }
            // Removed and put in again at the end, so that the tenant's next turn comes after all others'.
            var queue = waiting.remove(request.tenant());
            if (queue != null && queue.remove(request) && !queue.isEmpty()) {
                waiting.put(request.tenant(), queue);
            }
            free -= request.count();
            taken.merge(request.tenant(), request.count(), Integer::sum);
            request.granted().complete(null);
        }
    }

    /** Of those that have not all they may have, who has least. */
    private Optional<Waiting> next() {
        return waiting.values().stream()
                .map(ArrayDeque::element)
                .filter(request -> of(request.tenant()) + request.count() <= mostOfOne)
                .min(Comparator.comparingInt(request -> of(request.tenant())));
    }

    public boolean isWaitedFor() {
        lock.lock();
        try {
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many requests of a tenant wait. */
    public int waiting(String tenant) {
        lock.lock();
        try {
            var queue = waiting.get(tenant);
            return queue == null ? 0 : queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many a tenant has. */
    public int taken(String tenant) {
        lock.lock();
        try {
            return of(tenant);
        } finally {
            lock.unlock();
        }
    }

    private int of(String tenant) {
        return taken.getOrDefault(tenant, 0);
    }
}
