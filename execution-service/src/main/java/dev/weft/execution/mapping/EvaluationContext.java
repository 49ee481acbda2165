package dev.weft.execution.mapping;

import dev.weft.execution.message.StepMessage;
import dev.weft.sandbox.message.SeenMessage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every expression sees (components.md): the body as root, {@code elasticio.<step>} by name, {@code $msg},
 * {@code $getPassthrough()}, {@code $getFlowVariables()}. Make one for a message and all expressions on it.
 */
public final class EvaluationContext implements SeenMessage {

    private final StepMessage message;
    private final Map<String, String> variables;
    private @Nullable MessageSize size;

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

    @Override
    public Map<String, String> variables() {
        return variables;
    }

    @Override
    public @Nullable Object body() {
        return message.body();
    }

    @Override
    public Map<String, ?> passthrough() {
        return message.passthrough();
    }

    @Override
    public Map<String, ? extends @Nullable Object> whole() {
        return message.whole();
    }

    public MessageSize size() {
        // All expressions on the message ask for it, so it is measured once.
        var known = size;
        if (known == null) {
            known = MessageSize.of(message);
            size = known;
        }
        return known;
    }

    /** How many parts a message consists of; a long text counts for several. */
    public record MessageSize(long parts) {

        static MessageSize of(StepMessage message) {
            return new MessageSize(parts(message.body())
                    + parts(message.passthrough())
                    + parts(message.headers())
                    + parts(message.attachments())
                    + parts(message.extra()));
        }

        private static long parts(@Nullable Object value) {
            var parts = 1L;
            switch (value) {
                case String text -> parts += text.length() >> 6;
                case Map<?, ?> map -> {
                    for (var member : map.values()) {
                        parts += parts(member);
                    }
                }
                case List<?> list -> {
                    for (var element : list) {
                        parts += parts(element);
                    }
                }
                case null, default -> {}
            }
            return parts;
        }
    }
}
