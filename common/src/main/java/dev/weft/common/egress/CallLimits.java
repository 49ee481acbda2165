package dev.weft.common.egress;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels calls that last too long. One thread looks at all of them 20 times a second: a timer of each call's own would
 * wake its thread with each call. A limit is late by 50 ms at most, and the shortest that a step may have is 100 ms.
 */
final class CallLimits implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CallLimits.class);
    private static final Duration RHYTHM = Duration.ofMillis(50);

    private final Set<Limit> limits = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    CallLimits() {
        Thread.ofPlatform().daemon().name("http-time-limits").start(this::watch);
    }

    /** One call's, until it is closed. */
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
        return limit;
    }

    private void watch() {
        try {
            while (!closed.await(RHYTHM.toMillis(), TimeUnit.MILLISECONDS)) {
                var now = System.nanoTime();
                limits.removeIf(limit -> now - limit.end >= 0 && cancel(limit));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    @Override
    public void close() {
        closed.countDown();
    }
}
