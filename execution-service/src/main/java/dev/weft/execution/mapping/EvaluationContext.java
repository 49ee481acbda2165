package dev.weft.execution.mapping;

import dev.weft.execution.message.StepMessage;
import dev.weft.sandbox.message.SeenMessage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every expression can read (components.md): the body as root, {@code elasticio.<step>} by name, {@code $msg},
 * {@code $getPassthrough()}, {@code $getFlowVariables()}. Make one for a message and all expressions on it.
 */
public final class EvaluationContext implements SeenMessage {

    private final StepMessage message;
    private final Map<String, String> variables;
    private @Nullable MessageSize size;
    private boolean begun;
    /** Of {@link System#nanoTime}, later by all that was waited since. */
    private long beginning;

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
        // All expressions on a message ask for it, so it is measured once.
        var known = size;
        if (known == null) {
            known = MessageSize.of(message, variables);
            size = known;
        }
        return known;
    }

    /**
     * How long its expressions have been at work on this thread, since the first that asked: all of them together, or the
     * thousands of a mapping would keep the thread from others for the sum.
     *
     * @param now of {@link System#nanoTime}
     */
    public long timeAtOnce(long now) {
        if (!begun) {
            begun = true;
            beginning = now;
        }
        return now - beginning;
    }

    /** So long this thread only waited for another that evaluates. */
    public void waited(long nanoseconds) {
        beginning += nanoseconds;
    }

    /** How many parts a message and the flow's variables consist of; a long text or name counts for several. */
    public record MessageSize(long parts) {

        static MessageSize of(StepMessage message, Map<String, String> variables) {
            return new MessageSize(parts(message.body())
                    + parts(message.passthrough())
                    + parts(message.headers())
                    + parts(message.attachments())
                    + parts(message.extra())
                    + parts(variables));
        }

        private static long parts(@Nullable Object value) {
            var parts = 1L;
            switch (value) {
                case String text -> parts += length(text);
                case Map<?, ?> map -> {
                    for (var member : map.entrySet()) {
                        // Names count too, since an expression can read them as texts.
                        parts += length(member.getKey()) + parts(member.getValue());
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

        private static int length(@Nullable Object text) {
            return text instanceof String string ? string.length() >> 6 : 0;
        }
    }
}
