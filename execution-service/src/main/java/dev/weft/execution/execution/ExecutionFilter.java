package dev.weft.execution.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which executions a list shows (api-v2 11.7): all conditions hold together.
 *
 * @param workspaceId of which to list; or
 * @param flowId      is given
 */
public record ExecutionFilter(
        @Nullable String workspaceId,
        @Nullable String flowId,
        List<String> flows,
        List<String> statuses,
        List<String> steps,
        @Nullable Instant from,
        @Nullable Instant to,
        String search) {}
