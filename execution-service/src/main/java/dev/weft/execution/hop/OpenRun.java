package dev.weft.execution.hop;

import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.plan.PlannedStep;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.queue.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run whose queues are being taken from. */
final class OpenRun {

    /**
     * Beyond what is in work, so that waiting for confirms and records does not idle the worker: 100 covered the broker,
     * but not the store's longest writes, which then showed in the time from call to effect.
     */
    private static final int IN_FLIGHT = 400;

    /** What is done with each delivery. */
    interface Work {
        void on(OpenRun run, Delivery delivery, QueueWorker worker);
    }

    private final Plan plan;
    private final List<QueueWorker> workers = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile boolean open = true;
    /** The backlog watch's alone. */
    private long takenBefore;

    OpenRun(Plan plan) {
        this.plan = plan;
    }

    Plan plan() {
        return plan;
    }

    boolean isOpen() {
        return open;
    }

    void take(QueueConsumers consumers, Work work) {
        for (var queue : plan.queues()) {
            var worker = new QueueWorker(queue.prefetch(), (delivery, itself) -> work.on(this, delivery, itself));
            workers.add(worker);
            subscriptions.add(consumers.subscribe(queue.name(), queue.prefetch() + IN_FLIGHT, worker::take));
        }
    }

    /** The step that messages of a queue are for when they do not say. */
    PlannedStep firstStep(String queue) {
        return plan.queues().stream()
                .filter(planned -> planned.name().equals(queue))
                .findFirst()
                .map(PlannedQueue::steps)
                .map(steps -> plan.step(steps.getFirst()))
                .orElse(plan.entryStep());
    }

    /** Deliveries of a queue that are not acknowledged yet. */
    int unacknowledged(String queue) {
        var count = 0;
        for (var i = 0; i < workers.size(); i++) {
            if (plan.queues().get(i).name().equals(queue)) {
                count += workers.get(i).unacknowledged();
            }
        }
        return count;
    }

    /** Deliveries of all its queues that are in this process. */
    long held() {
        return workers.stream().mapToLong(QueueWorker::held).sum();
    }

    /** Those of them that are in work, or wait to be acknowledged. */
    long begun() {
        return workers.stream().mapToLong(QueueWorker::unacknowledged).sum();
    }

    /** Whether this process has messages of it, or was given any since it was asked last. */
    boolean isBusy() {
        var taken = workers.stream().mapToLong(QueueWorker::taken).sum();
        var was = takenBefore;
        takenBefore = taken;
        return taken != was || held() > 0;
    }

    void close(Duration patience) {
        open = false;
        subscriptions.forEach(Subscription::cancel);
        workers.forEach(QueueWorker::stop);
        workers.forEach(worker -> worker.awaitSettled(patience));
        subscriptions.forEach(Subscription::close);
    }
}
