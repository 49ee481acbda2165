package dev.weft.execution.mapping;

import dev.weft.execution.message.StepMessage;
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
    private final LibraryNumbers numbers = new LibraryNumbers();
    private @Nullable MessageSize size;
    private @Nullable StepMessage computable;

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

    LibraryNumbers numbers() {
        return numbers;
    }

    MessageSize size() {
        var known = size;
        if (known == null) {
            known = MessageSize.of(message);
            size = known;
        }
        return known;
    }

    /** The message with numbers that the library can compute with. */
    StepMessage computable() {
        var known = computable;
        if (known == null) {
            known = size().hasForeignNumbers() ? copy() : message;
            computable = known;
        }
        return known;
    }

    private StepMessage copy() {
        return new StepMessage(
                numbers.copy(message.body()),
                numbers.copy(message.headers()),
                numbers.copy(message.attachments()),
                numbers.copy(message.passthrough()),
                numbers.copy(message.extra()));
    }

    /** The root of an evaluation; a body that is no object has no {@code elasticio}. */
    @Nullable
    Object root(boolean mayChange) {
        // The library adds an element to an empty list when it groups one.
        var seen = mayChange && size().hasEmptyList() ? copy() : computable();
        return seen.body() instanceof Map<?, ?> map ? new BodyView(typed(map), seen.passthrough()) : seen.body();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> typed(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    /**
     * Parts a message consists of, and what is among them: an empty list, a number that the library does not compute
     * with.
     */
    record MessageSize(long parts, boolean hasEmptyList, boolean hasForeignNumbers) {

        static MessageSize of(StepMessage message) {
            var count = new Count();
            count.add(message.body());
            count.add(message.passthrough());
            count.add(message.headers());
            count.add(message.attachments());
            count.add(message.extra());
            return new MessageSize(count.parts, count.emptyList, count.foreignNumbers);
        }
    }

    private static final class Count {
        private long parts;
        private boolean emptyList;
        private boolean foreignNumbers;

        private void add(@Nullable Object value) {
            parts++;
            switch (value) {
                case String text -> parts += text.length() >> 6;
                case Map<?, ?> map -> map.values().forEach(this::add);
                case List<?> list -> {
                    emptyList |= list.isEmpty();
                    list.forEach(this::add);
                }
                case Number number -> foreignNumbers |= LibraryNumbers.isForeign(number);
                case null, default -> {}
            }
        }
    }
}
