package dev.weft.execution.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one delivery did: records of the steps done together, and their log lines. Its writing is what the delivery's
 * acknowledgement waits for, beside the confirms of what it published.
 *
 * @param trigger   webhook, timer, polling, manual, ..
 * @param startedAt when the execution began, milliseconds since 1970
 * @param watch     null when nobody waits for what becomes of the execution
 */
public record DeliveryRecord(
        String executionId,
        String flowId,
        String versionId,
        String runId,
        String workspaceId,
        String tenantId,
        String userId,
        String trigger,
        long startedAt,
        List<StepRecord> steps,
        List<LogLine> logs,
        @Nullable Watch watch) {

    /** Of an execution that nobody watches. */
    public DeliveryRecord(
            String executionId,
            String flowId,
            String versionId,
            String runId,
            String workspaceId,
            String tenantId,
            String userId,
            String trigger,
            long startedAt,
            List<StepRecord> steps,
            List<LogLine> logs) {
        this(
                executionId,
                flowId,
                versionId,
                runId,
                workspaceId,
                tenantId,
                userId,
                trigger,
                startedAt,
                steps,
                logs,
                null);
    }

    /**
     * Somebody waits for what becomes of the execution, and is told of its end unless he was answered before.
     *
     * @param replyTo  where he waits
     * @param answered an answer was sent to him because of this delivery
     * @param late     an answer may be under way of which no record tells: sailors send theirs by themselves
     */
    public record Watch(String replyTo, boolean answered, boolean late) {}

    /** Without messages, for a store that refuses it with them; each step and error says so. */
    public DeliveryRecord reduced() {
        return with(steps.stream().map(StepRecord::reduced).toList(), logs);
    }

    /** Hardly more than that it was; the first step has an error that says so. For a store that refuses even less. */
    public DeliveryRecord bare() {
        var bare = new ArrayList<StepRecord>();
        for (var step : steps) {
            bare.add(step.bare(bare.isEmpty(), executionId));
        }
        return with(bare, List.of());
    }

    private DeliveryRecord with(List<StepRecord> itsSteps, List<LogLine> itsLogs) {
        return new DeliveryRecord(
                executionId,
                flowId,
                versionId,
                runId,
                workspaceId,
                tenantId,
                userId,
                trigger,
                startedAt,
                itsSteps,
                itsLogs,
                watch);
    }

    /** About how many bytes it takes: what is much of many records. */
    public long weight() {
        var weight = 1000L;
        for (var step : steps) {
            weight += step.weight();
        }
        for (var line : logs) {
            weight += 300 + line.message().length();
        }
        return weight;
    }

    /** One line of the flow's log; {@code id} a UUID made of effect key and ordinal, so that it is written once. */
    public record LogLine(
            String id,
            String stepId,
            @Nullable String componentId,
            String componentName,
            String method,
            int level,
            String message,
            long at) {}
}
