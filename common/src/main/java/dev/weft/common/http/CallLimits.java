package dev.weft.common.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels calls that last too long. One thread checks all calls 20 times a second, since a timer for each call would
 * wake a thread for each call. A limit is late by 50 ms at most; the shortest that a step may have is 100 ms. After a
 * second without calls the thread sleeps until the next one.
 */
final class CallLimits implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CallLimits.class);
    private static final Duration RHYTHM = Duration.ofMillis(50);
    /** So many looks in a row without a new call; not one, or each of some calls a second would wake the thread. */
    private static final int QUIET_LOOKS = 20;

    private final Set<Limit> limits = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private final Duration rhythm;
    private final int quietLooks;
    private volatile boolean called;
    private volatile boolean asleep;
    private volatile boolean closed;

    CallLimits() {
        this(RHYTHM, QUIET_LOOKS);
    }

    /** @param quietLooks it sleeps after so many without a new call */
    CallLimits(Duration rhythm, int quietLooks) {
        this.rhythm = rhythm;
        this.quietLooks = quietLooks;
        thread = Thread.ofPlatform().daemon().name("http-time-limits").start(this::watch);
    }

    /** The limit of one call, until it is closed. */
    final class Limit implements AutoCloseable {

        private final long end;
        private final Runnable cancel;

        private Limit(long end, Runnable cancel) {
            this.end = end;
            this.cancel = cancel;
        }

        @Override
        public void close() {
            limits.remove(this);
        }
    }

    /**
     * @param end    of {@link System#nanoTime}; the call is cancelled up to 50 ms later
     * @param cancel from another thread, and without waiting
     */
    Limit of(long end, Runnable cancel) {
        var limit = new Limit(end, cancel);
        limits.add(limit);
        if (!called) {
            // Written only when needed, since all callers read it.
            called = true;
        }
        // Read after the limit was added: see sleep().
        if (asleep) {
            LockSupport.unpark(thread);
        }
        return limit;
    }

    private void watch() {
        var quiet = 0;
        while (isOn()) {
            LockSupport.parkNanos(rhythm.toNanos());
            var now = System.nanoTime();
            limits.removeIf(limit -> now - limit.end >= 0 && cancel(limit));
            quiet = called ? 0 : quiet + 1;
            called = false;
            if (quiet >= quietLooks) {
                sleep();
                quiet = 0;
            }
        }
    }

    /**
     * Until there is a limit. Whoever adds one looks afterwards whether this thread sleeps, and this thread says first that
     * it sleeps and then looks whether there is one: so one of the two sees the other.
     */
    private void sleep() {
        asleep = true;
        while (limits.isEmpty() && isOn()) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private boolean isOn() {
        return !closed && !Thread.currentThread().isInterrupted();
    }

    /** All other calls are watched on, whatever becomes of this one. */
    private static boolean cancel(Limit limit) {
        try {
            limit.cancel.run();
        } catch (RuntimeException e) {
            log.warn("A call that has lasted too long could not be cancelled", e);
        }
        return true;
    }

    /** Whether the thread waits for a call, not for the next look. */
    boolean isAsleep() {
        return asleep && thread.getState() == Thread.State.WAITING;
    }

    boolean isWatching() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
