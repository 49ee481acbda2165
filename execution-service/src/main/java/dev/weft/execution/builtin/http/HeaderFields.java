package dev.weft.execution.builtin.http;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.step.StepFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The field {@code headers}: an object of name to expression, or one expression that gives an object. */
final class HeaderFields {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final @Nullable Expression headers;

    HeaderFields(@Nullable Expression headers) {
        this.headers = headers;
    }

    /** All values of each; headers without value are left out. */
    Map<String, List<String>> read(EvaluationContext context) {
        var value = headers == null ? null : headers.evaluate(context);
        if (value == null || Undefined.is(value)) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new StepFailure("HttpError", "headers must be an object.");
        }
        var read = new LinkedHashMap<String, List<String>>();
        map.forEach((name, one) -> {
            var values = values(one);
            if (!values.isEmpty()) {
                read.put(name(String.valueOf(name)), values);
            }
        });
        return read;
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new StepFailure("HttpError", "Not a name of a header: " + name);
        }
        return name;
    }

    private static List<String> values(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list ->
                list.stream().filter(Objects::nonNull).map(HeaderFields::text).toList();
            default -> List.of(text(value));
        };
    }

    private static String text(Object value) {
        var text = String.valueOf(value);
        if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            throw new StepFailure("HttpError", "A header must not contain line ends.");
        }
        return text;
    }
}
