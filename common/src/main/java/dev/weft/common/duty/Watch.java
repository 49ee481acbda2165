package dev.weft.common.duty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watches over one piece of work, from another thread than its own: interrupts it past its limit, when its lease is lost,
 * or when the process stops, and renews the lease meanwhile.
 */
final class Watch {

    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);

    /** Why the work was interrupted. */
    enum Reason {
        LIMIT,
        LEASE,
        SHUTDOWN
    }

    private final Thread worker;
    private final Duration limit;
    private final Duration grace;
    private final long begun = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private @Nullable HeldLease lease;
    private @Nullable Reason reason;
    private long interrupted;
    private boolean ended;

    /** @param grace how long what was interrupted may take to end */
    Watch(Thread worker, Duration limit, Duration grace) {
        this.worker = worker;
        this.limit = limit;
        this.grace = grace;
    }

    /** The lease is to be renewed from now on; before the work ends it is taken back with null. */
    void renewing(@Nullable HeldLease held) {
        lock.lock();
        try {
            lease = held;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The work is done: nobody interrupts its thread from now on. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
            if (reason != null) {
                // A late interrupt was meant for the work, not for what the thread does next.
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    void interrupt(Reason why) {
        lock.lock();
        try {
            if (reason == null && !ended) {
                reason = why;
                interrupted = System.nanoTime();
                worker.interrupt();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Reason reason() {
        lock.lock();
        try {
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the work has ended; false when it was interrupted and goes on all the same. */
    boolean keep() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ended) {
                look();
                if (reason != null && System.nanoTime() - interrupted >= grace.toNanos()) {
                    return false;
                }
                changed.await(pause(), TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        if (reason != null) {
            // Again: work that swallowed the first interrupt may react to this one.
            worker.interrupt();
            return;
        }
        if (System.nanoTime() - begun >= limit.toNanos()) {
            interrupt(Reason.LIMIT);
        } else if (lease != null) {
            lease.renewInTime();
            if (lease.isLost()) {
                interrupt(Reason.LEASE);
            }
        }
    }

    private long pause() {
        var untilLimit = limit.toNanos() - (System.nanoTime() - begun);
        var pause = reason == null ? Math.min(untilLimit, AGAIN) : AGAIN;
        return Math.max(
                1_000_000,
                lease == null ? pause : Math.min(pause, lease.rhythm().toNanos()));
    }
}
