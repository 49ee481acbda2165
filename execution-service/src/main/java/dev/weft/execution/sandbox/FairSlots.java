package dev.weft.execution.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A number of slots shared by tenants. A free one goes to the waiting tenant that has the fewest, by turns among
 * equals, so that each comes to its share however many the others ask for. No tenant gets the last ones: who comes
 * next need not wait for the end of what others run.
 */
public final class FairSlots {

    private record Waiting(String tenant, CompletableFuture<Void> granted) {}

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
        var request = new Waiting(tenant, new CompletableFuture<>());
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
            return !withdraw(request);
        } catch (InterruptedException e) {
            if (!withdraw(request)) {
                release(tenant);
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
            return true;
        } finally {
            lock.unlock();
        }
    }

    public void release(String tenant) {
        lock.lock();
        try {
            free++;
            taken.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
            grant();
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        while (free > 0) {
            var next = waiting.keySet().stream()
                    .min((one, other) -> Integer.compare(of(one), of(other)))
                    .filter(tenant -> of(tenant) < mostOfOne);
            if (next.isEmpty()) {
                return;
            }
            var tenant = next.get();
            // Taken out and put in again: its next turn is after all others'.
            var queue = waiting.remove(tenant);
            var request = queue == null ? null : queue.poll();
            if (queue != null && !queue.isEmpty()) {
                waiting.put(tenant, queue);
            }
            if (request != null) {
                free--;
                taken.merge(tenant, 1, Integer::sum);
                request.granted().complete(null);
            }
        }
    }

    /** How many requests of a tenant wait. */
    int waiting(String tenant) {
        lock.lock();
        try {
            var queue = waiting.get(tenant);
            return queue == null ? 0 : queue.size();
        } finally {
            lock.unlock();
        }
    }

    private int of(String tenant) {
        return taken.getOrDefault(tenant, 0);
    }
}
