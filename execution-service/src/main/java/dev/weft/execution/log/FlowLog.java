package dev.weft.execution.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where log lines go. A line written twice, after a crash, is one line: its id says what it stands for. */
@FunctionalInterface
public interface FlowLog {

    void append(List<Entry> entries);

    /**
     * A line with all it belongs to.
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
