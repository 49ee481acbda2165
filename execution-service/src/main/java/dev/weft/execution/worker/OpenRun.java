package dev.weft.execution.worker;

import dev.weft.execution.consumer.QueueLoad;
import dev.weft.execution.consumer.QueueWorker;
import dev.weft.execution.consumer.ReplicaSlots;
import dev.weft.execution.consumer.StepConsumers;
import dev.weft.execution.hop.WorkedRun;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.QueueConsumers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * A run whose queues this process consumes, each by one {@link StepConsumers}; {@link Workers} works on the deliveries.
 */
final class OpenRun {

    /** The work on one delivery. */
    interface Work {
        void on(OpenRun run, Delivery delivery, QueueWorker worker);
    }

    private final WorkedRun worked;
    private final List<StepConsumers> queues;
    /** The backlog watch's alone. */
    private long takenBefore;

    /** Takes nothing until {@link #place}. */
    OpenRun(Plan plan, QueueConsumers consumers, ReplicaSlots slots, Work work) {
        this.worked = new WorkedRun(plan);
        this.queues = plan.queues().stream()
                .map(queue -> new StepConsumers(
                        queue, consumers, slots, (delivery, worker) -> work.on(this, delivery, worker)))
                .toList();
    }

    Plan plan() {
        return worked.plan();
    }

    /** The same, as its deliveries know it. */
    WorkedRun worked() {
        return worked;
    }

    /** Opens the consumers that are this process's now; may be repeated. */
    void place() {
        queues.forEach(StepConsumers::place);
    }

    List<StepConsumers> consumers() {
        return queues;
    }

    /** By queue. */
    Map<String, QueueLoad> loads() {
        return queues.stream().collect(Collectors.toMap(StepConsumers::queue, StepConsumers::load, QueueLoad::plus));
    }

    /** See {@link QueueWorker#holding}. */
    Set<String> holding(Set<String> executions) {
        return queues.stream()
                .flatMap(StepConsumers::workers)
                .map(worker -> worker.holding(executions))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private long sum(ToLongFunction<QueueWorker> count) {
        return queues.stream().mapToLong(consumers -> consumers.sum(count)).sum();
    }

    /** Deliveries of all its queues that are in this process. */
    long held() {
        return sum(QueueWorker::held);
    }

    /** Of the bodies of these. */
    long heldBytes() {
        return sum(QueueWorker::heldBytes);
    }

    /** What a message of each queue weighs that this process was given lately; 0: it was given none. By queue. */
    Map<String, Long> usualBytes() {
        return queues.stream()
                .collect(Collectors.toMap(
                        StepConsumers::queue,
                        consumers -> consumers
                                .workers()
                                .mapToLong(QueueWorker::usualBytes)
                                .max()
                                .orElse(0),
                        Long::max));
    }

    /** Those of them that are in work, or wait to be acknowledged. */
    long begun() {
        return sum(QueueWorker::unacknowledged);
    }

    /** Whether this process has messages of it, or was given any since it was asked last. */
    boolean isBusy() {
        var taken = sum(QueueWorker::taken);
        var was = takenBefore;
        takenBefore = taken;
        return taken != was || held() > 0;
    }

    /** @param forGood nobody takes from its queues again */
    void close(Duration patience, boolean forGood) {
        if (forGood) {
            worked.end();
        }
        var limit = System.nanoTime() + patience.toNanos();
        // All are stopped before the first is waited for, so that they end side by side within one limit.
        queues.forEach(forGood ? StepConsumers::stop : StepConsumers::rest);
        queues.forEach(consumers -> consumers.close(limit));
    }

    /** While it is being closed: its queues are to go after all. */
    void giveUp() {
        worked.end();
        queues.forEach(StepConsumers::stop);
    }
}
