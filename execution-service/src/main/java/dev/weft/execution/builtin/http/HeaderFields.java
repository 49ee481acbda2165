package dev.weft.execution.builtin.http;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.step.StepFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The field {@code headers}: an object of name to expression, or one expression that gives an object. */
final class HeaderFields {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final @Nullable Expression headers;

    HeaderFields(@Nullable Expression headers) {
        this.headers = headers;
    }

    /** Headers without value are left out. */
    Map<String, String> read(EvaluationContext context) {
        var value = headers == null ? null : headers.evaluate(context);
        if (value == null || Undefined.is(value)) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new StepFailure("HttpError", "headers must be an object.");
        }
        var read = new LinkedHashMap<String, String>();
        map.forEach((name, one) -> {
            if (one != null) {
                read.put(name(String.valueOf(name)), text(one));
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

    private static String text(Object value) {
        var text = value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
        if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            throw new StepFailure("HttpError", "A header must not contain line ends.");
        }
        return text;
    }
}
