package dev.weft.bench.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread with a stack as large as those that evaluate, which is left behind when what it does takes too much of the
 * processor: a slow machine breaks no promise.
 */
final class FuzzThread implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(50);

    private final long stack;
    private ExecutorService executor;
    private volatile long id;

    FuzzThread(long stack) {
        this.stack = stack;
        this.executor = started();
    }

    private ExecutorService started() {
        return Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(null, work, "fuzz", stack);
            thread.setDaemon(true);
            id = thread.threadId();
            return thread;
        });
    }

    /**
     * What the work gives, or what it throws.
     *
     * @throws TimeoutException when it has taken so much of the processor and goes on
     */
    <T extends @Nullable Object> T run(Supplier<T> work, Duration most) throws TimeoutException, InterruptedException {
        var result = CompletableFuture.supplyAsync(work, executor);
        @Nullable Long begun = null;
        while (true) {
            try {
                return result.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                var now = ManagementFactory.getThreadMXBean().getThreadCpuTime(id);
                if (begun == null) {
                    begun = now;
                } else if (now - begun > most.toNanos()) {
                    executor.shutdownNow();
                    executor = started();
                    throw e;
                }
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException fault -> throw fault;
                    case Error fault -> throw fault;
                    case null, default -> throw new IllegalStateException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
