package dev.weft.execution.sandbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Worker processes of single tenants, few at a time. An unused worker is kept for a while: a start takes seconds, and
 * messages of one tenant that come one after the other would each need one.
 */
final class KeptWorkers<W> implements AutoCloseable {

    private static final class Kept<W> {
        private final W worker;
        private boolean used = true;
        /** Of {@link System#nanoTime}. */
        private long idleSince;

        Kept(W worker) {
            this.worker = worker;
        }
    }

    private final int most;
    private final Duration idle;
    private final Supplier<W> maker;
    private final Consumer<W> ender;
    private final ReentrantLock lock = new ReentrantLock();
    /** Those that were used last are at the end. */
    private final LinkedHashMap<String, Kept<W>> workers = new LinkedHashMap<>(16, 0.75f, true);

    private boolean sweeping;

    /**
     * @param most how many there are; as many tenants at most may use theirs at once
     * @param idle for how long one is kept that nobody uses
     * @param ender ends a worker and does not wait for that
     */
    KeptWorkers(int most, Duration idle, Supplier<W> maker, Consumer<W> ender) {
        this.most = most;
        this.idle = idle;
        this.maker = maker;
        this.ender = ender;
    }

    /** The tenant's own, which it does not use yet. */
    W use(String tenant) {
        lock.lock();
        try {
            var kept = workers.get(tenant);
            if (kept == null) {
                makeRoom();
                kept = new Kept<>(maker.get());
                workers.put(tenant, kept);
            }
            kept.used = true;
            return kept.worker;
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom() {
        if (workers.size() >= most) {
            workers.entrySet().stream()
                    .filter(entry -> !entry.getValue().used)
                    .findFirst()
                    .map(Map.Entry::getKey)
                    .ifPresent(this::end);
        }
    }

    /** It is kept from now on. */
    void leave(String tenant) {
        lock.lock();
        try {
            var kept = workers.get(tenant);
            if (kept != null) {
                kept.used = false;
                kept.idleSince = System.nanoTime();
                sweepLater();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One sweep for all that are left meanwhile, or busy tenants would have one waiting for each of their messages. */
    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            CompletableFuture.delayedExecutor(idle.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::sweep);
        }
    }

    private void sweep() {
        lock.lock();
        try {
            sweeping = false;
            var now = System.nanoTime();
            workers.entrySet().stream()
                    .filter(entry -> !entry.getValue().used && now - entry.getValue().idleSince >= idle.toNanos())
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(this::end);
            if (!workers.isEmpty()) {
                sweepLater();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(String tenant) {
        var kept = workers.remove(tenant);
        if (kept != null) {
            ender.accept(kept.worker);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            workers.values().forEach(kept -> ender.accept(kept.worker));
            workers.clear();
        } finally {
            lock.unlock();
        }
    }
}
