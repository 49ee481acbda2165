package dev.weft.execution.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one delivery did: records of the steps done together, and their log lines. Its writing is what the delivery's
 * acknowledgement waits for, beside the confirms of what it published.
 *
 * @param trigger   webhook, timer, polling, manual, ..
 * @param startedAt when the execution began, milliseconds since 1970
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
        List<LogLine> logs) {

    /** Without messages, for a store that refuses it with them; each step and error says so. */
    public DeliveryRecord reduced() {
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
                steps.stream().map(StepRecord::reduced).toList(),
                logs);
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
