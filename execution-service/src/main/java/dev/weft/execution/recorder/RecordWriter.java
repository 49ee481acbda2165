package dev.weft.execution.recorder;

import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.recorder.RecordQueue.Waiting;
import dev.weft.execution.store.MongoWrites;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that writes records by group commit: records that arrive while one batch is written form the next, so a
 * quiet service writes at once and a busy one writes much at a time. A batch that can not be written is halved until
 * the record to blame is found. Whatever happens, the thread goes on or is replaced, since nothing is acknowledged
 * without it.
 */
final class RecordWriter {

    private static final Logger log = LoggerFactory.getLogger(RecordWriter.class);
    private static final int LARGEST_BATCH = 400;
    private static final long LARGEST_BATCH_BYTES = 8 * 1024 * 1024;
    /** Batches begin no closer than this unless much has come: one record costs store and broker as much as twenty. */
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int MUCH = LARGEST_BATCH / 4;
    /** Attempts at a record that no memory can be had for, or that something else than the store is wrong with. */
    private static final int TRIES = 4;

    private final String name;
    private final Consumer<List<DeliveryRecord>> store;
    private final EngineMetrics metrics;
    private final RecordQueue queue = new RecordQueue();
    /** What the thread is writing: another one that takes its place goes on with it. */
    private volatile List<Waiting> atHand = List.of();

    private volatile @Nullable Thread thread;
    private volatile boolean stopping;
    /** The thread's alone: when the last batch was begun. */
    private long begun = System.nanoTime() - PACE;

    RecordWriter(String name, Consumer<List<DeliveryRecord>> store, EngineMetrics metrics) {
        this.name = name;
        this.store = store;
        this.metrics = metrics;
    }

    void add(Waiting waiting) {
        queue.add(waiting);
    }

    void start() {
        thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .uncaughtExceptionHandler((_, _) -> startAgain())
                .start(this::writeAll);
    }

    private void startAgain() {
        if (!stopping) {
            start();
        }
    }

    private void writeAll() {
        while (!stopping || queue.size() > 0) {
            try {
                writeNext();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                log.error("The thread {} goes on after a fault", name, e);
                LockSupport.parkNanos(PACE);
            }
        }
    }

    private void writeNext() throws InterruptedException {
        if (atHand.isEmpty()) {
            if (!queue.await(200, TimeUnit.MILLISECONDS)) {
                return;
            }
            var early = begun + PACE - System.nanoTime();
            if (early > 0 && queue.size() < MUCH) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            begun = System.nanoTime();
            atHand = queue.take(LARGEST_BATCH, LARGEST_BATCH_BYTES);
        }
        // After a fault, or on a replaced thread, a part of the batch may be written already.
        write(atHand.stream().filter(waiting -> !waiting.written().isDone()).toList());
        atHand = List.of();
    }

    private void write(List<Waiting> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        var pause = 50L;
        for (var tries = 1; ; tries++) {
            try {
                var before = System.nanoTime();
                store.accept(batch.stream().map(Waiting::delivery).toList());
                metrics.recorded(batch.size(), System.nanoTime() - before);
                batch.forEach(waiting -> waiting.written().complete(null));
                return;
            } catch (RuntimeException e) {
                if (MongoWrites.isForGood(e) && !stopping) {
                    separate(batch, e);
                    return;
                }
                log.warn("{} records wait for the store: {}", batch.size(), e.toString());
            } catch (Error e) {
                log.error("{} records could not be written", batch.size(), e);
                // When memory does not suffice for the whole batch, half of it may still fit.
                if (batch.size() > 1 || tries >= TRIES) {
                    separate(batch, e);
                    return;
                }
            }
            // Records that are not written are not acknowledged either: the broker gives their messages to another
            // process.
            if (stopping) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(pause * 2, 2000);
        }
    }

    /** One record must not keep the others: each half is written by itself, down to the one that is to blame. */
    private void separate(List<Waiting> batch, Throwable cause) throws InterruptedException {
        if (batch.size() == 1) {
            reduce(batch.getFirst(), cause);
            return;
        }
        var half = batch.size() / 2;
        write(batch.subList(0, half));
        write(batch.subList(half, batch.size()));
    }

    /**
     * The one to blame is written without its messages, then with hardly more than that it was. What is refused even so is
     * for whoever waits for the record to see to.
     */
    private void reduce(Waiting refused, Throwable cause) throws InterruptedException {
        var delivery = refused.delivery();
        metrics.recordRefused();
        switch (refused.reduced()) {
            case 0 -> {
                log.error(
                        "A record of execution {} of flow {} is kept without its messages: {}",
                        delivery.executionId(),
                        delivery.flowId(),
                        cause.toString());
                write(List.of(refused.reducedTo(delivery.reduced())));
            }
            case 1 -> {
                log.error(
                        "Of a record of execution {} of flow {} hardly more is kept than that there was one: {}",
                        delivery.executionId(),
                        delivery.flowId(),
                        cause.toString());
                write(List.of(refused.reducedTo(delivery.bare())));
            }
            default -> {
                log.error(
                        "A record of execution {} of flow {} can not be kept",
                        delivery.executionId(),
                        delivery.flowId(),
                        cause);
                refused.written().completeExceptionally(cause);
            }
        }
    }

    int waiting() {
        return queue.size() + atHand.size();
    }

    /** How long the oldest record that is not written has waited, in seconds. */
    long oldestSeconds() {
        var now = System.nanoTime();
        var oldest = queue.nanosWaited(now);
        for (var waiting : List.copyOf(atHand)) {
            if (!waiting.written().isDone()) {
                oldest = Math.max(oldest, now - waiting.since());
            }
        }
        return TimeUnit.NANOSECONDS.toSeconds(oldest);
    }

    /** What has been handed over is still written, within five seconds. */
    void stop() {
        stopping = true;
        var running = thread;
        if (running != null) {
            try {
                running.join(5000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    boolean isRunning() {
        var running = thread;
        return running != null && running.isAlive();
    }
}
