package dev.weft.execution.executionview;

import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.Problem;
import dev.weft.execution.execution.ListedExecution;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query of a list of executions (api-v2 11.7). */
record ExecutionListing(ListQuery query) {

    static final ListQuery.Rules OF_WORKSPACE = ListQuery.Rules.paged(50).filters("flow", "status", "step");
    static final ListQuery.Rules OF_FLOW = ListQuery.Rules.paged(50).filters("status", "step");
    private static final Set<String> STATUSES = Set.of("running", "completed", "failed", "canceled");

    /** 400 without one. */
    String workspaceId() {
        return query.requireId("workspace_id");
    }

    /** 400 when it asks for what there can not be; so is {@link #ofFlow}. */
    ListedExecution.Filter ofWorkspace() {
        return filter(workspaceId(), null, query.idFilter("flow"));
    }

    ListedExecution.Filter ofFlow(String flowId) {
        return filter(null, flowId, List.of());
    }

    private ListedExecution.Filter filter(@Nullable String workspaceId, @Nullable String flowId, List<String> flows) {
        var from = instant("from");
        var to = instant("to");
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw Problem.parameter("from", "from must not be after to.").exception();
        }
        return new ListedExecution.Filter(
                workspaceId,
                flowId,
                flows,
                query.filter("status", STATUSES),
                query.filter("step"),
                from.orElse(null),
                to.orElse(null),
                query.first("search").map(String::trim).orElse(""));
    }

    private Optional<Instant> instant(String name) {
        return query.first(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw Problem.parameter(name, name + " must be an ISO instant.").exception();
            }
        });
    }

    int skip() {
        return query.page().skip();
    }

    int size() {
        return query.page().size();
    }
}
