package dev.weft.sandbox.message;

import dev.weft.expression.Program;
import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.ExpressionOverrun;
import dev.weft.expression.value.Nothing;
import dev.weft.sandbox.SandboxJob;
import dev.weft.sandbox.WorkFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates any expression in the worker process: {@code {"text","message":{..},"variables":{..}}} gives
 * {@code {"value"}}, without that member when it is undefined.
 */
public final class ExpressionJob implements SandboxJob {

    public static final String KIND = "expression";
    public static final String VALUE = "value";
    /** The name of the failure of an expression. */
    public static final String FAILURE = "JSONataError";

    // The stack of the worker's threads suffices for so many nodes, so a recursion ends with an error message and not
    // with a StackOverflowError.
    private static final int DEPTH = 6_000;
    /** Of one value, about: a list of six million elements, or a text of as many bytes. */
    private static final long VALUE_BYTES = 96L << 20;

    private final Clock clock = Clock.systemUTC();

    public static Map<String, @Nullable Object> request(String text, SeenMessage message) {
        var request = new HashMap<String, @Nullable Object>();
        request.put("text", text);
        request.put("message", message.whole());
        request.put("variables", message.variables());
        return request;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void prepare() {
        var message = new SentMessage(Map.of("body", Map.of("a", List.of(1))), Map.of());
        run(request("$map(a, function($v) { $v & \"\" })", message), Duration.ofMinutes(1));
    }

    @Override
    public Map<String, @Nullable Object> run(Map<String, @Nullable Object> request, Duration limit) {
        var bounds = ExpressionBounds.ofValues(System.nanoTime() + limit.toNanos(), DEPTH, VALUE_BYTES);
        var message = new SentMessage(object(request.get("message")), texts(request.get("variables")));
        try {
            var program = Program.parse(String.valueOf(request.get("text")));
            var value = MessageEvaluation.of(program, message, bounds, clock);
            var result = new HashMap<String, @Nullable Object>();
            if (!Nothing.is(value)) {
                result.put(VALUE, value);
            }
            return result;
        } catch (ExpressionFault e) {
            // Only an unforeseen fault has a cause. The cause goes to the service's log; the author gets the message
            // only.
            if (e.getCause() != null) {
                e.getCause().printStackTrace(System.err);
            }
            throw new WorkFailure(FAILURE, e.text(), e.isQuoting());
        } catch (ExpressionOverrun e) {
            if (e.isOfMemory()) {
                throw new WorkFailure("RangeError", "The expression needs too much memory.");
            }
            throw new WorkFailure("TimeoutError", "The expression takes longer than " + limit.toMillis() + " ms.");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private static Map<String, String> texts(@Nullable Object value) {
        var texts = new HashMap<String, String>();
        object(value).forEach((name, text) -> texts.put(name, String.valueOf(text)));
        return texts;
    }

    /** The message of a request, read from its frame. */
    private record SentMessage(Map<String, ? extends @Nullable Object> whole, Map<String, String> variables)
            implements SeenMessage {

        @Override
        public @Nullable Object body() {
            return whole.get("body");
        }

        @Override
        public Map<String, ?> passthrough() {
            return object(whole.get("passthrough"));
        }
    }
}
