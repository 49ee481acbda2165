package dev.weft.execution.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of one delivery: of the steps that were done together, and their log lines. The delivery is acknowledged
 * when it is written and what was published is confirmed.
 *
 * @param trigger   webhook, timer, polling, manual, ..
 * @param startedAt when the execution began, milliseconds since 1970
 * @param awaited   null when no caller waits for the execution's answer
 * @param watcher   who is told of the execution's end, on the record of its kick-off; null: nobody, or another record says so
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
        @Nullable AwaitedAnswer awaited,
        @Nullable String watcher) {

    /** Of an execution for which nobody waits. */
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
                null,
                null);
    }

    /**
     * A caller waits for the execution's answer; he is told of its end if nothing has answered before.
     *
     * @param replyTo  where the caller waits
     * @param answered this delivery has sent the answer
     * @param late     an answer may be under way without a record: sailors send theirs to the caller directly
     */
    public record AwaitedAnswer(String replyTo, boolean answered, boolean late) {}

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
                awaited,
                watcher);
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
