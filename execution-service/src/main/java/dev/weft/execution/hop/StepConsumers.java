package dev.weft.execution.hop;

import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.queue.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    /** Longer than any step works. */
    private static final Duration ANY_WORK = Duration.ofMinutes(3);

    private static final Logger log = LoggerFactory.getLogger(StepConsumers.class);

    private record Consumer(QueueWorker worker, Subscription subscription) {}

    private final PlannedQueue queue;
    private final QueueConsumers broker;
    private final ReplicaSlots slots;
    private final BiConsumer<Delivery, QueueWorker> work;
    private final Map<Integer, Consumer> consumers = new ConcurrentHashMap<>();
    private final ReentrantLock placing = new ReentrantLock();
    private final AtomicBoolean reopening = new AtomicBoolean();
    private final AtomicBoolean givingBack = new AtomicBoolean();
    /** Of each consumer; shrinks when messages are large, until the run is opened anew. */
    private volatile int prefetch;

    private boolean stopped;

    StepConsumers(
            PlannedQueue queue, QueueConsumers broker, ReplicaSlots slots, BiConsumer<Delivery, QueueWorker> work) {
        this.queue = queue;
        this.broker = broker;
        this.slots = slots;
        this.work = work;
        this.prefetch = queue.prefetch() + (queue.replicas() == 1 ? IN_FLIGHT : IN_FLIGHT_OF_SEVERAL);
    }

    String queue() {
        return queue.name();
    }

    /**
     * Opens those that are this process's now, and ends those that are not any more; may be repeated. Of several replicas
     * it takes no more than its share, and gives back what it has above, one at a time.
     */
    void place() {
        placing.lock();
        try {
            if (stopped) {
                return;
            }
            var share = share();
            for (var slot = 0; slot < queue.replicas(); slot++) {
                if (isOurs(slot, share)) {
                    consumers.computeIfAbsent(slot, this::open);
                } else {
                    var lost = consumers.remove(slot);
                    if (lost != null) {
                        Thread.startVirtualThread(() -> end(lost));
                    }
                }
            }
            if (consumers.size() > share && givingBack.compareAndSet(false, true)) {
                consumers.entrySet().stream()
                        .findFirst()
                        .ifPresent(held -> Thread.startVirtualThread(() -> giveBack(held.getKey(), held.getValue())));
            }
        } finally {
            placing.unlock();
        }
    }

    private int share() {
        return queue.replicas() == 1 ? 1 : Math.ceilDiv(queue.replicas(), slots.share(queue.name()));
    }

    private boolean isOurs(int slot, int share) {
        if (queue.replicas() == 1) {
            return true;
        }
        var isWanted = consumers.containsKey(slot) || consumers.size() < share;
        return isWanted && slots.hold(slotName(slot));
    }

    /** To a process that has less; what is in work ends first, and the slot is held until then. */
    private void giveBack(int slot, Consumer surplus) {
        try {
            stop(surplus);
            surplus.worker().awaitSettled(ANY_WORK);
            placing.lock();
            try {
                if (consumers.remove(slot, surplus)) {
                    surplus.subscription().close();
                    slots.release(slotName(slot));
                }
            } finally {
                placing.unlock();
            }
        } finally {
            givingBack.set(false);
        }
    }

    private String slotName(int slot) {
        return queue.name() + "#" + slot;
    }

    private Consumer open(int slot) {
        var worker = new QueueWorker(queue.prefetch(), work);
        return new Consumer(worker, broker.subscribe(queue.name(), prefetch, delivery -> {
            if (worker.take(delivery) && prefetch > queue.prefetch() && reopening.compareAndSet(false, true)) {
                Thread.startVirtualThread(() -> reopen(slot, worker));
            }
        }));
    }

    /**
     * With a smaller prefetch, since messages are large: what is in work ends, then the channel gives the rest back. A
     * consumer that is merely cancelled would lose the order, for what is on its way still comes.
     */
    private void reopen(int slot, QueueWorker worker) {
        try {
            var fitting = Math.max(queue.prefetch(), worker.fitting());
            worker.stop();
            worker.awaitSettled(ANY_WORK);
            replace(slot, worker, fitting);
        } finally {
            reopening.set(false);
        }
    }

    private void replace(int slot, QueueWorker worker, int fitting) {
        placing.lock();
        try {
            var heavy = consumers.get(slot);
            if (!stopped && heavy != null && heavy.worker() == worker) {
                log.info("Messages of {} are large: {} are taken at a time", queue.name(), fitting);
                prefetch = fitting;
                heavy.subscription().close();
                consumers.put(slot, open(slot));
            }
        } finally {
            placing.unlock();
        }
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
        if (queue.replicas() > 1) {
            slots.leave(queue.name());
        }
    }

    QueueLoad load() {
        return consumers.values().stream()
                .map(consumer -> consumer.worker().load())
                .reduce(QueueLoad.NONE, QueueLoad::plus);
    }

    long sum(ToLongFunction<QueueWorker> count) {
        return consumers.values().stream()
                .mapToLong(consumer -> count.applyAsLong(consumer.worker()))
                .sum();
    }
}
