package dev.weft.execution.execution;

import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which executions a list shows (api-v2 11.7): all conditions hold together.
 *
 * @param workspaceId bounds the list, or
 * @param flowId      does
 */
public record ExecutionFilter(
        @Nullable String workspaceId,
        @Nullable String flowId,
        List<String> flows,
        List<String> statuses,
        List<String> steps,
        @Nullable Instant from,
        @Nullable Instant to,
        String search) {

    public static final ListQuery.Rules OF_WORKSPACE = ListQuery.Rules.paged(50).filters("flow", "status", "step");
    public static final ListQuery.Rules OF_FLOW = ListQuery.Rules.paged(50).filters("status", "step");
    private static final Set<String> STATUSES = Set.of("running", "completed", "failed", "canceled");

    public static ExecutionFilter ofWorkspace(String workspaceId, ListQuery query) {
        return of(workspaceId, null, query, query.idFilter("flow"));
    }

    public static ExecutionFilter ofFlow(String flowId, ListQuery query) {
        return of(null, flowId, query, List.of());
    }

    private static ExecutionFilter of(
            @Nullable String workspaceId, @Nullable String flowId, ListQuery query, List<String> flows) {
        var from = instant(query, "from");
        var to = instant(query, "to");
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw Problem.parameter("from", "from must not be after to.").exception();
        }
        return new ExecutionFilter(
                workspaceId,
                flowId,
                flows,
                query.filter("status", STATUSES),
                query.filter("step"),
                from.orElse(null),
                to.orElse(null),
                query.first("search").map(String::trim).orElse(""));
    }

    private static Optional<Instant> instant(ListQuery query, String name) {
        return query.first(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw Problem.parameter(name, name + " must be an ISO instant.").exception();
            }
        });
    }
}
