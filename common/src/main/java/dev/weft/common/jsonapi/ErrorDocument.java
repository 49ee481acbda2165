package dev.weft.common.jsonapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The error document: {@code {"errors":[{"status","code","title","detail","source"?,"meta"}]}} (api-v2 1.5). */
public record ErrorDocument(List<Entry> errors) {

    public static ErrorDocument of(List<Problem> problems) {
        return new ErrorDocument(problems.stream().map(ErrorDocument::entry).toList());
    }

    private static Entry entry(Problem problem) {
        var code = problem.code();
        return new Entry(
                Integer.toString(code.status()),
                code.code(),
                code.title(),
                problem.detail(),
                problem.source() == null ? null : source(problem.source()),
                problem.meta());
    }

    private static Map<String, String> source(ProblemSource source) {
        var name = source.name();
        return switch (source.kind()) {
            case VALUE -> Map.of("pointer", name.isEmpty() ? "/data/attributes" : "/data/attributes/" + name);
            case REFERENCE -> Map.of("pointer", "/data/relationships/" + name);
            case ID -> Map.of("pointer", "/data/id");
            case PLACE -> Map.of("pointer", name);
            case PARAMETER -> Map.of("parameter", name);
        };
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
