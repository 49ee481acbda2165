package dev.weft.execution.consumer;

import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.queue.QueueConsumers.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's consumers of one queue. A queue with one replica has a consumer in every process, and the broker
 * delivers to one of them only, the one that came first; a process that works on more than its share of such queues
 * hands some over ({@code Balance}). A queue with several replicas has that many consumers over all processes, each a
 * slot that one process holds.
 */
public final class StepConsumers {

    /**
     * Beyond what is in work, so that waiting for confirms and records does not idle the worker: 100 covered the broker,
     * but not the store's longest writes, which then showed in the time from call to effect.
     */
    private static final int IN_FLIGHT = 400;
    /** With several replicas: what one has taken and does not come to, the others could do. */
    private static final int IN_FLIGHT_OF_SEVERAL = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /**
     * For so long messages may wait beside an empty place while a queue whose messages are short waits for a long one,
     * before it can be handed over; else it stays.
     */
    private static final Duration HAND_OVER_PATIENCE = Duration.ofSeconds(20);
    /** A queue that was handed over and came back is left alone for this time, and one whose work does not end for longer. */
    private static final Duration REST = Duration.ofMinutes(1);

    private static final Duration LONGEST_REST = Duration.ofMinutes(16);

    private static final Logger log = LoggerFactory.getLogger(StepConsumers.class);

    /**
     * How busy this process is with the queue.
     *
     * @param recent   messages that have arrived since the last look
     * @param mayLeave whether it may be handed over
     * @param leaves   whether it is being handed over
     */
    public record Activity(boolean isActive, long recent, boolean mayLeave, boolean leaves) {
        private static final Activity NONE = new Activity(false, 0, false, false);
    }

    private record Consumer(QueueWorker worker, Subscription subscription) {}

    private final PlannedQueue queue;
    private final QueueConsumers broker;
    private final ReplicaSlots slots;
    private final Duration handOverPatience;
    private final BiConsumer<Delivery, QueueWorker> work;
    private final Map<Integer, Consumer> consumers = new ConcurrentHashMap<>();
    /** Those that take no more and end what is in work: they are no consumers any more, and what they have is still here. */
    private final Set<Consumer> leaving = ConcurrentHashMap.newKeySet();

    private final ReentrantLock placing = new ReentrantLock();
    private final AtomicBoolean handingOver = new AtomicBoolean();
    private final AtomicBoolean reopening = new AtomicBoolean();
    private final AtomicBoolean givingBack = new AtomicBoolean();
    /** Of each consumer; shrinks when messages are large, until the run is opened anew. */
    private volatile int prefetch;

    private boolean stopped;
    /** {@link System#nanoTime} before which it is not handed over again. */
    private volatile long mayLeaveAt = System.nanoTime();
    /** Of the one thread that hands it over. */
    private volatile Duration rest = REST;

    private final QueueActivity activity = new QueueActivity();

    public StepConsumers(
            PlannedQueue queue, QueueConsumers broker, ReplicaSlots slots, BiConsumer<Delivery, QueueWorker> work) {
        this(queue, broker, slots, HAND_OVER_PATIENCE, work);
    }

    StepConsumers(
            PlannedQueue queue,
            QueueConsumers broker,
            ReplicaSlots slots,
            Duration handOverPatience,
            BiConsumer<Delivery, QueueWorker> work) {
        this.handOverPatience = handOverPatience;
        this.queue = queue;
        this.broker = broker;
        this.slots = slots;
        this.work = work;
        this.prefetch = queue.prefetch() + (queue.replicas() == 1 ? IN_FLIGHT : IN_FLIGHT_OF_SEVERAL);
    }

    public String queue() {
        return queue.name();
    }

    /**
     * Opens those that are this process's now, and ends those that are not any more; may be repeated. Of several replicas
     * it takes no more than its share, and gives back what it has above, one at a time.
     */
    public void place() {
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
                    var lost = consumers.get(slot);
                    if (lost != null) {
                        // Added to one before it is removed from the other: whoever asks what this process holds must
                        // find it at any moment.
                        leaving.add(lost);
                        begin(() -> end(lost), () -> leaving.remove(lost));
                        consumers.remove(slot);
                    }
                }
            }
            if (consumers.size() > share && givingBack.compareAndSet(false, true)) {
                consumers.entrySet().stream()
                        .findFirst()
                        .ifPresent(held ->
                                begin(() -> giveBack(held.getKey(), held.getValue()), () -> givingBack.set(false)));
            }
        } finally {
            placing.unlock();
        }
    }

    /** @param undo when there is no thread for it: what counts as under way would not be begun again */
    private static void begin(Runnable work, Runnable undo) {
        try {
            Thread.startVirtualThread(work);
        } catch (OutOfMemoryError e) {
            undo.run();
            throw e;
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
            // The wait is outside the lock, so that the other slots are kept meanwhile.
            surplus.worker().awaitSettled(anyWork());
            placing.lock();
            try {
                // Meanwhile the run may have been closed, or another process may have got the slot's lease.
                if (consumers.remove(slot, surplus)) {
                    surplus.subscription().close();
                    leaving.remove(surplus);
                    slots.release(slotName(slot));
                }
            } finally {
                placing.unlock();
            }
        } finally {
            givingBack.set(false);
        }
    }

    /** Longer than a message of this queue can be in work: what goes back before would be done twice at once. */
    private Duration anyWork() {
        return queue.longest().plus(PATIENCE);
    }

    private String slotName(int slot) {
        return queue.name() + "#" + slot;
    }

    private Consumer open(int slot) {
        var worker = new QueueWorker(queue.prefetch(), work);
        return new Consumer(worker, broker.subscribe(queue.name(), prefetch, delivery -> {
            if (worker.take(delivery) && prefetch > queue.prefetch() && reopening.compareAndSet(false, true)) {
                begin(() -> reopen(slot, worker), () -> reopening.set(false));
            }
        }));
    }

    /**
     * With a smaller prefetch, since messages are large: what is in work ends, then the channel gives the rest back. A
     * consumer that is merely cancelled would lose the order, for what is on its way still comes.
     */
    private void reopen(int slot, QueueWorker worker) {
        try {
            // Asked before the stop, which clears what waits.
            var fitting = Math.max(queue.prefetch(), worker.fitting());
            worker.stop();
            worker.awaitSettled(anyWork());
            replace(slot, worker, fitting);
        } finally {
            reopening.set(false);
        }
    }

    private void replace(int slot, QueueWorker worker, int fitting) {
        placing.lock();
        try {
            var heavy = consumers.get(slot);
            // The consumer may have been handed over or closed while its work ended.
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

    private void end(Consumer consumer) {
        try {
            stop(consumer);
            consumer.worker().awaitSettled(anyWork());
            consumer.subscription().close();
        } finally {
            leaving.remove(consumer);
        }
    }

    /** Nothing is handed out after the first, so that all that was is given back by the second. */
    private void stop(Consumer consumer) {
        consumer.subscription().cancel();
        consumer.worker().giveBack();
        consumer.subscription().settle();
        leaving.add(consumer);
    }

    /** How busy this process is with the queue; asked every few seconds by one thread. */
    public Activity activity() {
        return queue.replicas() > 1
                ? Activity.NONE
                : activity.look(sum(QueueWorker::taken), load().begun() > 0, mayLeaveAt, handingOver.get());
    }

    /**
     * Gives the queue to the process that has waited for it longest, in order: what is in work ends, nothing else is begun,
     * then the channel gives all back and a new one waits in its turn. The consumer is not cancelled before: the broker
     * would let the next one begin while messages are in work here, more than may be at once and before those that come
     * back. It is waited for as long as a message may be in work, unless that costs too much: where messages are usually
     * short and one takes long, the places of the others would be empty for minutes. Such a queue stays, and is tried less
     * and less often. Where all take long, each place is empty for one of them at most.
     */
    public void handOver() {
        if (!handingOver.compareAndSet(false, true)) {
            return;
        }
        try {
            var held = consumers.get(0);
            if (held == null) {
                return;
            }
            held.worker().hold();
            if (held.worker().drain(anyWork(), handOverPatience)) {
                rest = REST;
                replace(held);
            } else {
                held.worker().release();
                rest = rest.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
            }
        } finally {
            mayLeaveAt = System.nanoTime() + rest.toNanos();
            handingOver.set(false);
        }
    }

    private void replace(Consumer held) {
        placing.lock();
        try {
            if (!stopped && held.equals(consumers.get(0))) {
                log.info("The queue {} is handed over", queue.name());
                // This worker keeps its hold until its channel is closed; a new worker without one takes its place.
                held.worker().stop();
                held.subscription().close();
                activity.end();
                consumers.put(0, open(0));
            }
        } finally {
            placing.unlock();
        }
    }

    /** Takes no more and begins no more, and lets the others have at once what is not begun. */
    public void stop() {
        placing.lock();
        try {
            stopped = true;
            consumers.values().forEach(this::stop);
        } finally {
            placing.unlock();
        }
    }

    /**
     * Begins no more. The only consumer of a queue stays until what it has begun has ended: the broker would let the next
     * one begin what comes after it.
     */
    public void rest() {
        if (queue.replicas() > 1) {
            stop();
            return;
        }
        placing.lock();
        try {
            stopped = true;
            consumers.values().forEach(consumer -> consumer.worker().hold());
        } finally {
            placing.unlock();
        }
    }

    /**
     * Waits for what is in work, gives the rest back, and the slots too.
     *
     * @param limit {@link System#nanoTime} until which it waits
     */
    public void close(long limit) {
        consumers
                .values()
                .forEach(consumer ->
                        consumer.worker().awaitSettled(Duration.ofNanos(Math.max(0, limit - System.nanoTime()))));
        consumers.forEach((slot, consumer) -> {
            consumer.subscription().close();
            if (queue.replicas() > 1) {
                slots.release(slotName(slot));
            }
        });
        var closed = List.copyOf(consumers.values());
        consumers.clear();
        // Only now, with their channels closed, does this process hold nothing of them.
        closed.forEach(leaving::remove);
        if (queue.replicas() > 1) {
            slots.leave(queue.name());
        }
    }

    public QueueLoad load() {
        return all().map(consumer -> {
                    var load = consumer.worker().load();
                    return leaving.contains(consumer) ? new QueueLoad(0, load.begun(), load.waiting()) : load;
                })
                .reduce(QueueLoad.NONE, QueueLoad::plus);
    }

    public long sum(ToLongFunction<QueueWorker> count) {
        return workers().mapToLong(count).sum();
    }

    /** Those that have deliveries, or may get some. */
    public Stream<QueueWorker> workers() {
        return all().map(Consumer::worker);
    }

    private Stream<Consumer> all() {
        // A consumer that was stopped is in both and must count once.
        return Stream.concat(consumers.values().stream(), leaving.stream()).distinct();
    }
}
