package dev.weft.gateway.limit;

import dev.weft.gateway.limit.BodyBudget.Owner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns at work that takes memory: so much of it at once, and of each owner so much as its share. Tenants that wait are
 * served one after the other, whatever the number of their calls, and who waits for an own share holds up nobody else.
 */
public final class WorkTurns {

    /** Work that is estimated at more than this counts as this much, and there is one of the kind at a time. */
    private final Owner largest;

    private final long total;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    /** By tenant, the one that was served last at the end. */
    private final LinkedHashMap<String, ArrayDeque<Turn>> waiting = new LinkedHashMap<>();

    private final HashMap<String, Long> shares = new HashMap<>();
    private long used;

    /**
     * @param total    bytes
     * @param patience of who waits
     */
    WorkTurns(long total, Duration patience) {
        this.total = total;
        this.patience = patience;
        this.largest = new Owner("largest", Math.max(1, total / 2));
    }

    /** Calls that wait for their turn. */
    int waiting() {
        lock.lock();
        try {
            return waiting.values().stream().mapToInt(ArrayDeque::size).sum();
        } finally {
            lock.unlock();
        }
    }

    /** The right to work; closed when the work is done. */
    public final class Turn implements AutoCloseable {

        private final String tenant;
        private final List<Owner> owners;
        private final CountDownLatch begun = new CountDownLatch(1);
        private long size;

        private Turn(String tenant, List<Owner> owners, long size) {
            this.tenant = tenant;
            this.owners = owners;
            this.size = size;
        }

        /** What is left of it needs only so many bytes. */
        public void shrinkTo(long bytes) {
            if (bytes >= size) {
                return;
            }
            lock.lock();
            try {
                count(this, bytes - size);
                size = bytes;
                beginWhatFits();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            shrinkTo(0);
        }
    }

    /**
     * Empty when no turn came in time.
     *
     * @param size   bytes; none need no turn
     * @param owners from the narrowest, an address, to the widest, a tenant
     */
    Optional<Turn> take(long size, List<Owner> owners) throws InterruptedException {
        var turn = turn(size, owners);
        if (size == 0) {
            return Optional.of(turn);
        }
        lock.lock();
        try {
            waiting.computeIfAbsent(turn.tenant, _ -> new ArrayDeque<>()).add(turn);
            beginWhatFits();
        } finally {
            lock.unlock();
        }
        try {
            if (turn.begun.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.of(turn);
            }
        } catch (InterruptedException e) {
            if (!giveUp(turn)) {
                turn.close();
            }
            throw e;
        }
        return giveUp(turn) ? Optional.empty() : Optional.of(turn);
    }

    private Turn turn(long size, List<Owner> owners) {
        var tenant = owners.getLast().name();
        if (size <= largest.most()) {
            return new Turn(tenant, owners, size);
        }
        var all = new ArrayList<>(owners);
        all.add(largest);
        return new Turn(tenant, all, largest.most());
    }

    /** False when it has begun by now. */
    private boolean giveUp(Turn turn) {
        lock.lock();
        try {
            var others = waiting.get(turn.tenant);
            if (others == null || !others.remove(turn)) {
                return false;
            }
            if (others.isEmpty()) {
                waiting.remove(turn.tenant);
            }
            // Others may have waited behind it.
            beginWhatFits();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void beginWhatFits() {
        for (var next = next(); next.isPresent(); next = next()) {
            var turn = next.get();
            var others = Objects.requireNonNull(waiting.remove(turn.tenant));
            others.remove(turn);
            if (!others.isEmpty()) {
                waiting.put(turn.tenant, others);
            }
            count(turn, turn.size);
            turn.begun.countDown();
        }
    }

    private Optional<Turn> next() {
        for (var turns : waiting.values()) {
            var ready = ready(turns);
            if (ready.isPresent()) {
                // If there is no room for it, those behind it wait too: small work would else keep large work waiting
                // without end.
                return ready.filter(turn -> used + turn.size <= total);
            }
        }
        return Optional.empty();
    }

    /**
     * Of one tenant's. Nobody goes before one that waits for the share of the same owner, or it would wait without end;
     * others of a wider owner do.
     */
    private Optional<Turn> ready(Collection<Turn> turns) {
        var waitedFor = new HashSet<String>();
        for (var turn : turns) {
            var full = turn.owners.stream()
                    .filter(owner -> shares.getOrDefault(owner.name(), 0L) + turn.size > owner.most())
                    .map(Owner::name)
                    .findFirst();
            if (full.isEmpty() && turn.owners.stream().map(Owner::name).noneMatch(waitedFor::contains)) {
                return Optional.of(turn);
            }
            full.ifPresent(waitedFor::add);
        }
        return Optional.empty();
    }

    private void count(Turn turn, long bytes) {
        used += bytes;
        for (var owner : turn.owners) {
            // An owner that has nothing in work keeps no entry.
            shares.merge(owner.name(), bytes, (had, more) -> had + more == 0 ? null : Long.valueOf(had + more));
        }
    }
}
