package dev.weft.execution.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where log lines go. A line that is written again after a crash stays one line: its id is made of what it belongs to.
 */
@FunctionalInterface
public interface FlowLog {

    void append(List<Entry> entries);

    /**
     * A line with the flow, step and execution that it belongs to.
     *
     * @param level 10 trace .. 60 fatal; 1 without level
     */
    record Entry(
            String id,
            String tenantId,
            String workspaceId,
            String flowId,
            String userId,
            @Nullable String componentId,
            String containerId,
            String stepId,
            String executionId,
            String method,
            String componentName,
            long at,
            int level,
            String message) {}
}
