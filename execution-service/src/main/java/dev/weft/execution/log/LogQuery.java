package dev.weft.execution.log;

import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code GET /v2/logs} is asked for (api-v2 11.1). */
record LogQuery(
        String workspaceId,
        List<String> flowIds,
        @Nullable Instant from,
        @Nullable Instant to,
        List<Integer> levels,
        String search,
        int offset,
        int limit) {

    static final ListQuery.Rules RULES = ListQuery.Rules.whole();
    private static final Set<Integer> LEVELS = Set.of(1, 10, 20, 30, 40, 50, 60);

    static LogQuery of(String workspaceId, ListQuery query) {
        var from = instant(query, "from");
        var to = instant(query, "to");
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
                workspaceId,
                flows,
                from,
                to,
                levels(query),
                query.first("search").map(String::strip).orElse(""),
                number(query, "offset", 0, 0, Integer.MAX_VALUE),
                number(query, "limit", 100, 1, 1000));
    }

    /** What is searched, in any case of any script, as stores find it. */
    Pattern pattern() {
        return Pattern.compile(Pattern.quote(search), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static List<Integer> levels(ListQuery query) {
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

    private static int number(ListQuery query, String name, int absent, int smallest, int largest) {
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

    private static @Nullable Instant instant(ListQuery query, String name) {
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
