package dev.weft.execution.mapping;

import dev.weft.execution.message.StepMessage;
import java.util.Map;

/**
 * What every expression sees (components.md): the body as root, {@code elasticio.<step>} by name, {@code $msg},
 * {@code $getPassthrough()}, {@code $getFlowVariables()}.
 */
public record EvaluationContext(StepMessage message, Map<String, String> variables) {

    public static EvaluationContext of(StepMessage message, Map<String, String> variables) {
        return new EvaluationContext(message, variables);
    }
}
