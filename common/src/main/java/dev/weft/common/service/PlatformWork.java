package dev.weft.common.service;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that computes for long, such as reading megabytes. A virtual thread keeps its processor until it waits for
 * something, and there are only as many as processors that carry them: a few large bodies would have all other requests
 * wait. From a platform thread the system takes the processor away.
 */
public final class PlatformWork {

    private PlatformWork() {}

    /**
     * Does it on a platform thread of its own, and returns when it is done; the caller bounds how many there are. An
     * interrupt does not end it.
     *
     * @param name of the thread
     */
    public static <T> T call(String name, Supplier<T> work) {
        var task = new FutureTask<>(work::get);
        try {
            Thread.ofPlatform().daemon().name(name).start(task);
        } catch (OutOfMemoryError _) {
            // The system has no more threads; slower for others, it is done here.
            task.run();
        }
        var interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The same of work without a result. */
    public static void run(String name, Runnable work) {
        var _ = call(name, () -> {
            work.run();
            return true;
        });
    }

    private static RuntimeException thrown(@Nullable Throwable fault) {
        switch (fault) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(fault);
        }
    }
}
