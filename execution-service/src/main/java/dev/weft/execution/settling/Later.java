package dev.weft.execution.settling;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Does something after a pause, on a thread of its own: the pool that counts the pauses has few, and nothing may block them. */
public final class Later {

    private Later() {}

    public static void in(long millis, Runnable what) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(what);
    }
}
