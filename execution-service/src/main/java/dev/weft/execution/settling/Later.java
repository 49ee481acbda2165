package dev.weft.execution.settling;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Does something after a pause, on a thread of its own: the pool that counts the pauses has few threads, which must not
 * be blocked.
 */
public final class Later {

    /** Until it is tried again to get a thread. */
    private static final long NO_THREAD_MS = 1000;

    private Later() {}

    public static void in(long millis, Runnable what) {
        in(millis, what, Thread::startVirtualThread);
    }

    static void in(long millis, Runnable what, Executor threads) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, work -> begin(work, threads))
                .execute(what);
    }

    private static void begin(Runnable what, Executor threads) {
        try {
            threads.execute(what);
        } catch (OutOfMemoryError e) {
            // Retried, since the pool would swallow the error and with it the task that somebody waits for, such as a
            // delivery that is to go back.
            in(NO_THREAD_MS, what, threads);
        }
    }
}
