package dev.weft.common.jsonapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weft.common.problem.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How refusals look on the wire: {@code {"errors":[{"status","code","title","detail","source"?,"meta"}]}} (api-v2 1.5). */
public record ErrorDocument(List<Entry> errors) {

    public static ErrorDocument of(List<Problem> problems) {
        return new ErrorDocument(problems.stream().map(ErrorDocument::entry).toList());
    }

    private static Entry entry(Problem problem) {
        var code = problem.code();
        Map<String, String> source = problem.pointer() != null
                ? Map.of("pointer", problem.pointer())
                : problem.parameter() != null ? Map.of("parameter", problem.parameter()) : null;
        return new Entry(
                Integer.toString(code.status()), code.code(), code.title(), problem.detail(), source, problem.meta());
    }

    /** One refusal. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String status,
            String code,
            String title,
            String detail,
            @Nullable Map<String, String> source,
            Map<String, Object> meta) {}
}
