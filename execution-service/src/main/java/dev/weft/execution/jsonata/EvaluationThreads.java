package dev.weft.execution.jsonata;

import dev.weft.execution.budget.FairSlots;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Platform threads that evaluate tenants' expressions: an endless one then takes nothing from the virtual threads that
 * serve the API, which share few carriers. The caller watches. An evaluation that overruns its limit is given up, and a
 * new thread replaces its thread, which ends when the evaluation does. Tenants share the threads fairly.
 */
final class EvaluationThreads implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EvaluationThreads.class);
    /** Most evaluations look at the clock by themselves. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final int NOT_FOR_ONE_TENANT = 1;
    /** Given up and not ended yet: with so many, no more work is taken that might join them. */
    private static final int MOST_LOST = 4;
    /** As deep as an evaluation may recurse within its bounds. */
    private static final long STACK = 4L << 20;

    /** The state of one evaluation. */
    private enum Stage {
        WAITING,
        BEGUN,
        ENDED,
        GIVEN_UP
    }

    private static final class Task {
        private final Supplier<? extends @Nullable Object> work;
        private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
        private volatile long begun;

        Task(Supplier<? extends @Nullable Object> work) {
            this.work = work;
        }

        /** False when it was given up meanwhile. */
        boolean run() {
            // Set before the stage: whoever sees that it has begun must also see since when.
            begun = System.nanoTime();
            if (!stage.compareAndSet(Stage.WAITING, Stage.BEGUN)) {
                return true;
            }
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
            // Whoever gave it up has counted this thread as lost and started another in its place.
            return stage.compareAndSet(Stage.BEGUN, Stage.ENDED);
        }
    }

    private final LinkedBlockingQueue<Task> waiting = new LinkedBlockingQueue<>();
    private final FairSlots slots;
    private final AtomicInteger lost = new AtomicInteger();
    /** In whose place no thread could be started yet. */
    private final AtomicInteger missing = new AtomicInteger();

    private final AtomicInteger names = new AtomicInteger();
    private final ThreadFactory factory;
    private volatile boolean closed;

    EvaluationThreads(int count) {
        this(count, work -> new Thread(null, work, "expressions", STACK));
    }

    EvaluationThreads(int count, ThreadFactory factory) {
        this.slots = new FairSlots(count, NOT_FOR_ONE_TENANT);
        this.factory = factory;
        for (var n = 0; n < count; n++) {
            startThread();
        }
    }

    private void startThread() {
        var thread = factory.newThread(this::work);
        thread.setName(thread.getName() + "-" + names.incrementAndGet());
        // A daemon: an evaluation that does not end must not keep the process alive.
        thread.setDaemon(true);
        thread.start();
    }

    /** The system may have no thread to give at the moment; the next call asks again, if none has come back by then. */
    private void startMissing() {
        while (takeMissing()) {
            try {
                startThread();
            } catch (OutOfMemoryError e) {
                log.warn(
                        "No thread for expressions can be started: {}; {} are missing",
                        e.getMessage(),
                        missing.incrementAndGet());
                return;
            }
        }
    }

    private boolean takeMissing() {
        return missing.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    private void work() {
        try {
            while (!closed) {
                var task = waiting.poll(1, TimeUnit.MINUTES);
                if (task != null && !task.run()) {
                    lost.decrementAndGet();
                    // This thread was given up and ends now, unless no replacement could be started for one.
                    if (!takeMissing()) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there are threads for work that may not end. */
    boolean mayTake() {
        return lost.get() < MOST_LOST;
    }

    /** Threads that were given up and have not ended. */
    int lost() {
        return lost.get();
    }

    /** How long {@link #call} may take at most. */
    static Duration longest(Duration limit) {
        return WAIT.plus(limit).plus(GRACE);
    }

    /**
     * Has it done on one of the threads.
     *
     * @throws TimeoutException when it was given up
     * @throws NotHere          when there was no thread for it within a minute
     */
    @Nullable
    Object call(String tenant, Duration limit, Supplier<? extends @Nullable Object> work)
            throws TimeoutException, NotHere {
        startMissing();
        try {
            if (!slots.acquire(tenant, WAIT)) {
                throw new NotHere();
            }
            try {
                return watch(new Task(work), limit.plus(GRACE).toNanos());
            } finally {
                slots.release(tenant);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotHere();
        }
    }

    private @Nullable Object watch(Task task, long limit) throws InterruptedException, TimeoutException {
        waiting.add(task);
        try {
            var patience = limit;
            while (true) {
                try {
                    return task.result.get(patience, TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    // The evaluation may have waited for its thread; its limit counts from its begin.
                    patience = task.stage.get() == Stage.WAITING ? limit : limit - (System.nanoTime() - task.begun);
                    if (patience <= 0 && giveUp(task)) {
                        throw e;
                    }
                    // It could not be given up because it has just ended: its result is there in a moment.
                    patience = Math.max(patience, TimeUnit.MILLISECONDS.toNanos(1));
                }
            }
        } catch (InterruptedException e) {
            giveUp(task);
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** False when it has ended. */
    private boolean giveUp(Task task) {
        if (task.stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP)) {
            return true;
        }
        if (!task.stage.compareAndSet(Stage.BEGUN, Stage.GIVEN_UP)) {
            return false;
        }
        log.warn("An expression does not end: its thread is given up; {} have not ended", lost.incrementAndGet());
        missing.incrementAndGet();
        startMissing();
        return true;
    }

    @Override
    public void close() {
        closed = true;
        // One dummy task for each thread, so that each wakes up and sees that all is closed.
        waiting.addAll(Collections.nCopies(names.get(), new Task(() -> null)));
    }
}
