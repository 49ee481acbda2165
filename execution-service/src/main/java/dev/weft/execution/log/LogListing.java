package dev.weft.execution.log;

import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query of {@code GET /v2/logs} (api-v2 11.1). */
record LogListing(ListQuery query) {

    static final ListQuery.Rules RULES = ListQuery.Rules.whole();
    private static final Set<Integer> LEVELS = Set.of(1, 10, 20, 30, 40, 50, 60);

    /** 400 without one. */
    String workspaceId() {
        return query.requireId("workspace_id");
    }

    /** 400 when it asks for what there can not be. */
    LogQuery toQuery() {
        var from = instant("from");
        var to = instant("to");
        if (from != null && to != null && from.isAfter(to)) {
            throw Problem.parameter("from", "from must not be after to.").exception();
        }
        var flows = query.all("flow_ids[]");
        for (var flow : flows) {
            if (!Ids.isEntity(flow)) {
                throw Problem.parameter("flow_ids[]", flow + " is not an identifier.")
                        .exception();
            }
        }
        return new LogQuery(
                workspaceId(),
                flows,
                from,
                to,
                levels(),
                query.first("search").map(String::strip).orElse(""),
                number("offset", 0, 0, Integer.MAX_VALUE),
                number("limit", 100, 1, 1000));
    }

    private List<Integer> levels() {
        var levels = new ArrayList<Integer>();
        for (var text : query.all("levels[]")) {
            var level = parse(text);
            if (level == null || !LEVELS.contains(level)) {
                throw Problem.parameter("levels[]", "A level is one of 1, 10, 20, 30, 40, 50, 60.")
                        .exception();
            }
            levels.add(level);
        }
        return levels;
    }

    private int number(String name, int absent, int smallest, int largest) {
        var text = query.first(name);
        if (text.isEmpty()) {
            return absent;
        }
        var value = parse(text.get());
        if (value == null || value < smallest || value > largest) {
            throw Problem.parameter(name, name + " must be an integer from " + smallest + " to " + largest + ".")
                    .exception();
        }
        return value;
    }

    private static @Nullable Integer parse(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private @Nullable Instant instant(String name) {
        var text = query.first(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text.get());
        } catch (DateTimeException e) {
            throw Problem.parameter(name, name + " must be an ISO instant.").exception();
        }
    }
}
