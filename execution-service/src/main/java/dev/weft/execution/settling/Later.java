package dev.weft.execution.settling;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Does something after a pause, on a thread of its own: the pool that counts the pauses has few, and nothing may block them. */
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
            // The pool would swallow it, and with it what somebody waits for: a delivery that is to go back, say.
            in(NO_THREAD_MS, what, threads);
        }
    }
}
