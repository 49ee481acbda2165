package dev.weft.execution.mapping;

import dev.weft.execution.message.StepMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every expression sees (components.md): the body as root, {@code elasticio.<step>} by name, {@code $msg},
 * {@code $getPassthrough()}, {@code $getFlowVariables()}. Make one for a message and all expressions on it.
 */
public final class EvaluationContext {

    private final StepMessage message;
    private final Map<String, String> variables;
    private @Nullable BodySize size;

    private EvaluationContext(StepMessage message, Map<String, String> variables) {
        this.message = message;
        this.variables = variables;
    }

    public static EvaluationContext of(StepMessage message, Map<String, String> variables) {
        return new EvaluationContext(message, variables);
    }

    public StepMessage message() {
        return message;
    }

    public Map<String, String> variables() {
        return variables;
    }

    BodySize size() {
        var known = size;
        if (known == null) {
            known = BodySize.of(message);
            size = known;
        }
        return known;
    }

    /** The root of an evaluation; a body that is no object has no {@code elasticio}. */
    @Nullable
    Object root(boolean mayChange) {
        var body = message.body();
        // The library adds an element to an empty list when it groups one.
        if (mayChange && size().hasEmptyList()) {
            body = PlainValues.copy(body);
            return body instanceof Map<?, ?> map ? new BodyView(typed(map), passthroughCopy()) : body;
        }
        return body instanceof Map<?, ?> map ? new BodyView(typed(map), message.passthrough()) : body;
    }

    /** {@code $msg}. */
    Map<String, @Nullable Object> whole() {
        var whole = new LinkedHashMap<String, @Nullable Object>(message.extra());
        whole.put("body", message.body());
        whole.put("headers", message.headers());
        whole.put("attachments", message.attachments());
        whole.put("passthrough", message.passthrough());
        return whole;
    }

    private Map<String, @Nullable Object> passthroughCopy() {
        return PlainValues.copy(message.passthrough()) instanceof Map<?, ?> copy ? typed(copy) : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> typed(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    /** Parts a message consists of, and whether a list among them is empty. */
    record BodySize(long parts, boolean hasEmptyList) {

        static BodySize of(StepMessage message) {
            var count = new Count();
            count.add(message.body());
            count.add(message.passthrough());
            return new BodySize(count.parts, count.emptyList);
        }
    }

    private static final class Count {
        private long parts;
        private boolean emptyList;

        private void add(@Nullable Object value) {
            parts++;
            switch (value) {
                case String text -> parts += text.length() >> 6;
                case Map<?, ?> map -> map.values().forEach(this::add);
                case List<?> list -> {
                    emptyList |= list.isEmpty();
                    list.forEach(this::add);
                }
                case null, default -> {}
            }
        }
    }
}
