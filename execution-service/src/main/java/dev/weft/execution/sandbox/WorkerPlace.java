package dev.weft.execution.sandbox;

import dev.weft.execution.metrics.EngineMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Holds one worker process, which is started when it is needed and not there. */
final class WorkerPlace implements AutoCloseable {

    private final WorkerUse use;
    private final Duration grace;
    private final EngineMetrics metrics;
    private final BooleanSupplier closed;
    private final ReentrantLock starting = new ReentrantLock();
    private final @Nullable SpareWorker spares;
    private @Nullable SandboxProcess worker;

    /**
     * @param grace  what a request may take above its limit before the worker is ended
     * @param closed whether the sandbox is, so that no worker may be started any more
     * @param spares what takes over when the worker has died; null: another one is started
     */
    WorkerPlace(
            WorkerUse use,
            Duration grace,
            EngineMetrics metrics,
            BooleanSupplier closed,
            @Nullable SpareWorker spares) {
        this.use = use;
        this.grace = grace;
        this.metrics = metrics;
        this.closed = closed;
        this.spares = spares;
    }

    /**
     * @param patience of {@link System#nanoTime}, for a worker
     * @throws SandboxProcess.Died when the worker ended before it answered
     * @throws TimeoutException    when it did not answer in time; it was ended
     */
    byte[] ask(String tenant, String kind, byte[] json, Duration limit, long patience)
            throws SandboxProcess.Died, TimeoutException, InterruptedException {
        var current = current(kind, patience);
        try {
            return current.ask(tenant, json, limit.plus(grace));
        } catch (TimeoutException e) {
            current.endOverrun(tenant);
            throw e;
        }
    }

    private SandboxProcess current(String kind, long patience) throws InterruptedException {
        if (!starting.tryLock(Math.max(0, patience - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            throw SandboxUnavailable.busy();
        }
        try {
            // Checked under the lock: close() sets the flag before it takes the lock to end the worker, so a worker
            // that is started before is found.
            if (closed.getAsBoolean()) {
                throw SandboxUnavailable.closed();
            }
            if (worker == null || !worker.isAlive()) {
                worker = spares == null ? null : spares.take();
            }
            if (worker == null) {
                worker = SandboxProcess.start(use);
                metrics.sandboxWorker();
            }
            worker.prepare(kind);
            if (spares != null) {
                spares.seen(kind);
            }
            return worker;
        } finally {
            starting.unlock();
        }
    }

    /** 0 when there is no worker. */
    long pid() {
        starting.lock();
        try {
            return worker == null || !worker.isAlive() ? 0 : worker.pid();
        } finally {
            starting.unlock();
        }
    }

    /** Ends the worker and does not wait for that. */
    @Override
    public void close() {
        starting.lock();
        try {
            if (worker != null) {
                worker.close();
                worker = null;
            }
        } finally {
            starting.unlock();
        }
    }
}
