package dev.weft.execution.hop;

import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.queue.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/**
 * This process's consumers of one queue. With one replica every process has one, and the broker lets a single one of
 * them work. With several replicas there are that many over all processes, each a slot that one process holds.
 */
final class StepConsumers {

    /**
     * Beyond what is in work, so that waiting for confirms and records does not idle the worker: 100 covered the broker,
     * but not the store's longest writes, which then showed in the time from call to effect.
     */
    private static final int IN_FLIGHT = 400;
    /** With several replicas: what one has taken and does not come to, the others could do. */
    private static final int IN_FLIGHT_OF_SEVERAL = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Consumer(QueueWorker worker, Subscription subscription) {}

    private final PlannedQueue queue;
    private final QueueConsumers broker;
    private final ReplicaSlots slots;
    private final BiConsumer<Delivery, QueueWorker> work;
    private final Map<Integer, Consumer> consumers = new ConcurrentHashMap<>();
    private final ReentrantLock placing = new ReentrantLock();
    private boolean stopped;

    StepConsumers(
            PlannedQueue queue, QueueConsumers broker, ReplicaSlots slots, BiConsumer<Delivery, QueueWorker> work) {
        this.queue = queue;
        this.broker = broker;
        this.slots = slots;
        this.work = work;
    }

    String queue() {
        return queue.name();
    }

    /** Opens those that are this process's now, and ends those that are not any more; may be repeated. */
    void place() {
        placing.lock();
        try {
            for (var slot = 0; slot < queue.replicas() && !stopped; slot++) {
                if (queue.replicas() == 1 || slots.hold(slotName(slot))) {
                    consumers.computeIfAbsent(slot, _ -> open());
                } else {
                    var lost = consumers.remove(slot);
                    if (lost != null) {
                        Thread.startVirtualThread(() -> end(lost));
                    }
                }
            }
        } finally {
            placing.unlock();
        }
    }

    private String slotName(int slot) {
        return queue.name() + "#" + slot;
    }

    private Consumer open() {
        var worker = new QueueWorker(queue.prefetch(), work);
        var inFlight = queue.replicas() == 1 ? IN_FLIGHT : IN_FLIGHT_OF_SEVERAL;
        return new Consumer(worker, broker.subscribe(queue.name(), queue.prefetch() + inFlight, worker::take));
    }

    private static void end(Consumer consumer) {
        stop(consumer);
        consumer.worker().awaitSettled(PATIENCE);
        consumer.subscription().close();
    }

    private static void stop(Consumer consumer) {
        consumer.subscription().cancel();
        consumer.worker().stop();
    }

    /** Takes no more and begins no more. */
    void stop() {
        placing.lock();
        try {
            stopped = true;
            consumers.values().forEach(StepConsumers::stop);
        } finally {
            placing.unlock();
        }
    }

    /** Waits for what is in work, gives the rest back, and the slots too. */
    void close(Duration patience) {
        consumers.values().forEach(consumer -> consumer.worker().awaitSettled(patience));
        consumers.forEach((slot, consumer) -> {
            consumer.subscription().close();
            if (queue.replicas() > 1) {
                slots.release(slotName(slot));
            }
        });
        consumers.clear();
    }

    long sum(ToLongFunction<QueueWorker> count) {
        return consumers.values().stream()
                .mapToLong(consumer -> count.applyAsLong(consumer.worker()))
                .sum();
    }
}
