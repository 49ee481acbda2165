package dev.weft.execution.builtin.http;

import dev.weft.common.http.HttpRedirects;
import dev.weft.execution.builtin.BuiltinFields;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code weft/http:request} (components.md). A {@code url} that starts with {@code http} is a literal address, anything
 * else an expression.
 */
@Service
final class HttpRequestBuiltin implements Builtin {

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

    private final Expressions expressions;
    private final HttpRedirects calls;
    private final AnswerRoom room;
    private final RetrySchedule schedule;
    private final Pause pause;
    private final JsonMapper json;

    HttpRequestBuiltin(
            Expressions expressions,
            HttpRedirects calls,
            AnswerRoom room,
            RetrySchedule schedule,
            Pause pause,
            JsonMapper json) {
        this.expressions = expressions;
        this.calls = calls;
        this.room = room;
        this.schedule = schedule;
        this.pause = pause;
        this.json = json;
    }

    @Override
    public String command() {
        return "weft/http:request";
    }

    @Override
    public Step prepare(StepSettings settings) {
        var fields = new BuiltinFields(settings.fields(), expressions);
        var method = method(fields.text("method"));
        var request = new HttpRequestFields(
                method,
                url(fields),
                fields.expression("headers"),
                body(fields, method),
                Duration.ofMillis(fields.number("timeout_ms", 30_000, 100, 120_000)),
                fields.number("retries", 3, 0, 10),
                fields.flag("dont_throw"),
                settings.variables());
        return new HttpRequestStep(request, calls, room, schedule, pause, json);
    }

    private static String method(@Nullable String given) {
        var method = given == null || given.isBlank() ? "GET" : given.strip().toUpperCase(Locale.ROOT);
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("Field method is not a method of HTTP.");
        }
        return method;
    }

    private HttpRequestFields.Url url(BuiltinFields fields) {
        if (fields.value("url") instanceof String text && text.strip().matches("(?is)https?://.*")) {
            return new HttpRequestFields.Url(text, null);
        }
        return new HttpRequestFields.Url("", fields.requiredExpression("url"));
    }

    private static @Nullable Expression body(BuiltinFields fields, String method) {
        return method.equals("GET") || method.equals("HEAD")
                ? fields.expression("body")
                : fields.expressionOrNull("body", "$");
    }
}
