package dev.weft.execution.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list tells of an execution; the answer about a single one begins with the same members. */
public record ListedExecution(
        String id,
        String flowId,
        String versionId,
        String workspaceId,
        String trigger,
        long startedAt,
        long updatedAt,
        Execution.Status status,
        int messages,
        int errors) {

    /**
     * Which executions a list shows (api-v2 11.7): all conditions hold together.
     *
     * @param workspaceId of which to list; or
     * @param flowId      is given
     */
    public record Filter(
            @Nullable String workspaceId,
            @Nullable String flowId,
            List<String> flows,
            List<String> statuses,
            List<String> steps,
            @Nullable Instant from,
            @Nullable Instant to,
            String search) {}

    public static ListedExecution of(Execution execution) {
        return new ListedExecution(
                execution.id,
                execution.flowId,
                execution.versionId,
                execution.workspaceId,
                execution.trigger,
                execution.startedAt,
                execution.updatedAt,
                execution.status(),
                execution.messages(),
                execution.errorCount());
    }
}
