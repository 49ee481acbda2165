package dev.weft.execution.hop;

import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.record.StepRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps records in memory. */
public class CollectingRecorder implements Recorder {

    public final List<DeliveryRecord> deliveries = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<Void> record(DeliveryRecord delivery) {
        deliveries.add(delivery);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isKnown(String executionId) {
        return deliveries.stream().anyMatch(delivery -> delivery.executionId().equals(executionId));
    }

    @Override
    public boolean hasError(String executionId, String messageId) {
        return deliveries.stream()
                .filter(delivery -> delivery.executionId().equals(executionId))
                .flatMap(delivery -> delivery.steps().stream())
                .anyMatch(step -> step.failure() != null && step.messageId().equals(messageId));
    }

    @Override
    public boolean isMissed(String executionId, String key) {
        return steps().stream().anyMatch(step -> isAwaited(step, key))
                && steps().stream()
                        .noneMatch(step ->
                                step.key().equals(key) && step.status().isEnd());
    }

    private static boolean isAwaited(StepRecord step, String key) {
        return step.children().contains(key)
                || (step.key().equals(key) && !step.status().isEnd());
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
