package dev.weft.execution.execution;

import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Which executions a list shows (api-v2 11.7): all conditions hold together.
 *
 * @param scope field and value that bound the list: a workspace or a flow
 */
record ExecutionFilter(
        Document scope,
        List<String> flows,
        List<String> statuses,
        List<String> steps,
        @Nullable Instant from,
        @Nullable Instant to,
        String search) {

    static final ListQuery.Rules OF_WORKSPACE = ListQuery.Rules.paged(50).filters("flow", "status", "step");
    static final ListQuery.Rules OF_FLOW = ListQuery.Rules.paged(50).filters("status", "step");
    private static final Set<String> STATUSES = Set.of("running", "completed", "failed", "canceled");

    static ExecutionFilter ofWorkspace(String workspaceId, ListQuery query) {
        return of(new Document("w", workspaceId), query, query.idFilter("flow"));
    }

    static ExecutionFilter ofFlow(String flowId, ListQuery query) {
        return of(new Document("f", flowId), query, List.of());
    }

    private static ExecutionFilter of(Document scope, ListQuery query, List<String> flows) {
        var from = instant(query, "from");
        var to = instant(query, "to");
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw Problem.parameter("from", "from must not be after to.").exception();
        }
        return new ExecutionFilter(
                scope,
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

    /** As a query whose first field is the scope: each list has an index that begins with it. */
    Document query() {
        var query = new Document(scope);
        if (!flows.isEmpty()) {
            query.append("f", new Document("$in", flows));
        }
        if (!statuses.isEmpty()) {
            query.append("s", new Document("$in", statuses));
        }
        if (!steps.isEmpty()) {
            query.append("es", new Document("$in", steps));
        }
        var time = new Document();
        if (from != null) {
            time.append("$gte", Date.from(from));
        }
        if (to != null) {
            time.append("$lte", Date.from(to));
        }
        if (!time.isEmpty()) {
            query.append("st", time);
        }
        if (!search.isEmpty()) {
            query.append("errors.msg", Pattern.compile(Pattern.quote(search), Pattern.CASE_INSENSITIVE));
        }
        return query;
    }
}
