package dev.weft.sandbox.message;

import dev.weft.expression.Program;
import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.ExpressionOverrun;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates an expression for a message: gives its names ({@code elasticio}, {@code $msg}, ..) their values. */
public final class MessageEvaluation {

    /** The member of a body that answers with what earlier steps emitted. */
    public static final String PASSTHROUGH = "elasticio";

    private MessageEvaluation() {}

    /**
     * Plain values that share nothing changeable with the message, or {@link dev.weft.expression.value.Nothing}.
     *
     * @throws ExpressionFault   when it has no value for this message
     * @throws ExpressionOverrun when the time is over, or it makes too much
     */
    public static @Nullable Object of(Program program, SeenMessage message, ExpressionBounds bounds, Clock clock) {
        return PlainValues.copy(program.evaluate(root(message), name -> find(name, message), bounds, clock), bounds);
    }

    /** A body that is no object has no {@link #PASSTHROUGH}. */
    private static @Nullable Object root(SeenMessage message) {
        return message.body() instanceof Map<?, ?> map
                ? new BodyView(typed(map), message.passthrough())
                : message.body();
    }

    private static @Nullable Object find(String name, SeenMessage message) {
        return switch (name) {
            case "msg" -> message.whole();
            case "getPassthrough" -> Program.giving(message.passthrough());
            case "getFlowVariables" -> Program.giving(message.variables());
            default -> null;
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> typed(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }
}
