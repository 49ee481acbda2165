package dev.weft.execution.execution;

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
