package dev.weft.execution.hop;

import dev.weft.execution.execution.Execution;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.record.StepRecord;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps records in memory: at once, unless a test says that its store is away. */
public class CollectingRecorder implements Recorder {

    private record Waiting(DeliveryRecord delivery, CompletableFuture<Void> written) {}

    public final List<DeliveryRecord> deliveries = new CopyOnWriteArrayList<>();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean isAway;

    /** What it is given from now on waits. */
    public synchronized void goAway() {
        isAway = true;
    }

    public synchronized void comeBack() {
        isAway = false;
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            deliveries.add(next.delivery());
            next.written().complete(null);
        }
    }

    @Override
    public synchronized CompletableFuture<Void> record(DeliveryRecord delivery) {
        if (isAway) {
            var next = new Waiting(delivery, new CompletableFuture<>());
            waiting.add(next);
            return next.written();
        }
        deliveries.add(delivery);
        return CompletableFuture.completedFuture(null);
    }

    /** As a store puts it together. */
    private Optional<Execution> execution(String id) {
        var its = deliveries.stream()
                .filter(delivery -> delivery.executionId().equals(id))
                .toList();
        if (its.isEmpty()) {
            return Optional.empty();
        }
        var execution = Execution.begin(its.getFirst());
        its.stream()
                .filter(delivery -> delivery.flowId().equals(execution.flowId()))
                .forEach(execution::apply);
        return Optional.of(execution);
    }

    @Override
    public boolean isKnown(String executionId) {
        return execution(executionId).isPresent();
    }

    @Override
    public boolean hasError(String executionId, String messageId) {
        return execution(executionId)
                .filter(execution -> execution.hasError(messageId))
                .isPresent();
    }

    @Override
    public boolean isMissed(String executionId, String key) {
        return execution(executionId).filter(execution -> execution.misses(key)).isPresent();
    }

    public List<StepRecord> steps() {
        return deliveries.stream()
                .flatMap(delivery -> delivery.steps().stream())
                .toList();
    }

    public List<StepRecord> steps(String step) {
        return steps().stream().filter(record -> record.stepId().equals(step)).toList();
    }

    public List<DeliveryRecord.LogLine> logs() {
        return deliveries.stream().flatMap(delivery -> delivery.logs().stream()).toList();
    }
}
