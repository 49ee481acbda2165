package dev.weft.execution.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits which suspects are in work at once: one of a tenant, few of all, and one that a process has died of before
 * only alone, so that none is blamed for another's doing. A suspect that gets no place soon comes again later. A place
 * is held for a minute at most: a message that has not killed its worker by then may have company.
 */
final class SuspectLanes {

    private static final int MOST = 8;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** For so long no others are let in after one that must be apart has asked. */
    private static final long PRECEDENCE = Duration.ofSeconds(2).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> tenants = new HashSet<>();
    private boolean apart;
    private long apartWanted = System.nanoTime() - PRECEDENCE;

    /** A place, until it is closed. */
    final class Place implements AutoCloseable {
        private final String tenant;
        private final boolean isApart;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(String tenant, boolean isApart) {
            this.tenant = tenant;
            this.isApart = isApart;
        }

        @Override
        public void close() {
            // It is closed twice, by its work and by its term. The second close must not free a place that the tenant
            // has got since.
            if (left.compareAndSet(false, true)) {
                leave(this);
            }
        }
    }

    /**
     * Empty when there is none within the time.
     *
     * @param alone a process has died while it was in work
     */
    Optional<Place> enter(String tenant, boolean alone, Duration patience) {
        var left = patience.toNanos();
        lock.lock();
        try {
            while (!mayEnter(tenant, alone)) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
            apart = alone;
            if (alone) {
                apartWanted = System.nanoTime() - PRECEDENCE;
            }
            tenants.add(tenant);
            var place = new Place(tenant, alone);
            CompletableFuture.delayedExecutor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(place::close);
            return Optional.of(place);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayEnter(String tenant, boolean alone) {
        var now = System.nanoTime();
        if (alone) {
            apartWanted = now;
            return !apart && tenants.isEmpty();
        }
        return !apart && now - apartWanted >= PRECEDENCE && tenants.size() < MOST && !tenants.contains(tenant);
    }

    private void leave(Place place) {
        lock.lock();
        try {
            tenants.remove(place.tenant);
            if (place.isApart) {
                apart = false;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
