package dev.weft.execution.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where log lines go and are found. A line written twice, after a crash, is one line: its id says what it stands for. */
public interface FlowLog {

    void append(List<Entry> entries);

    /** Newest first. */
    List<Entry> find(LogQuery query, int offset, int limit);

    /** All matches, counted up to 10,000 (api-v2 11.1). */
    long count(LogQuery query);

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
