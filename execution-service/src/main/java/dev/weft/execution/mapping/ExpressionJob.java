package dev.weft.execution.mapping;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.sandbox.SandboxJob;
import dev.weft.execution.step.StepFailure;
import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.ExpressionOverrun;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates any expression in the worker process: {@code {"text","message":{..},"variables":{..}}} gives
 * {@code {"value"}}, without that member when it is undefined.
 */
public final class ExpressionJob implements SandboxJob {

    static final String KIND = "expression";
    static final String VALUE = "value";
    private static final int DEPTH = 6_000;

    private final Clock clock = Clock.systemUTC();

    static Map<String, @Nullable Object> request(String text, EvaluationContext context) {
        var request = new HashMap<String, @Nullable Object>();
        request.put("text", text);
        request.put("message", context.message().whole());
        request.put("variables", context.variables());
        return request;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void prepare() {
        var context = EvaluationContext.of(StepMessage.of(Map.of("a", List.of(1))), Map.of());
        run(request("$map(a, function($v) { $v & \"\" })", context), Duration.ofMinutes(1));
    }

    @Override
    public Map<String, @Nullable Object> run(Map<String, @Nullable Object> request, Duration limit) {
        var bounds = new ExpressionBounds(System.nanoTime() + limit.toNanos(), DEPTH);
        var message = new LinkedHashMap<>(object(request.get("message")));
        var context = EvaluationContext.of(
                new StepMessage(
                        message.remove("body"),
                        typed(object(message.remove("headers"))),
                        typed(object(message.remove("attachments"))),
                        typed(object(message.remove("passthrough"))),
                        typed(message)),
                texts(request.get("variables")));
        try {
            var value = parsed(String.valueOf(request.get("text"))).evaluate(context, bounds, clock);
            var result = new HashMap<String, @Nullable Object>();
            if (!Undefined.is(value)) {
                result.put(VALUE, value);
            }
            return result;
        } catch (ExpressionFault e) {
            if (e.getCause() != null) {
                e.getCause().printStackTrace(System.err);
            }
            throw new StepFailure(JsonataExpression.FAILURE, e.text());
        } catch (ExpressionOverrun _) {
            throw new StepFailure("TimeoutError", "The expression takes longer than " + limit.toMillis() + " ms.");
        }
    }

    private static ParsedExpression parsed(String text) {
        try {
            return ParsedExpression.parse(text);
        } catch (IllegalArgumentException e) {
            throw new StepFailure(JsonataExpression.FAILURE, String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    /** Values inside may be null all the same. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> typed(Map<String, ?> map) {
        return (Map<String, Object>) map;
    }

    private static Map<String, String> texts(@Nullable Object value) {
        var texts = new HashMap<String, String>();
        object(value).forEach((name, text) -> texts.put(name, String.valueOf(text)));
        return texts;
    }
}
