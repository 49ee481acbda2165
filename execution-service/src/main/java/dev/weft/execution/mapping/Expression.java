package dev.weft.execution.mapping;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled expression or literal; safe for use by several threads. */
public interface Expression {

    /**
     * The value for one message: plain Java values (Map, List, String, Number, Boolean, null), which share no
     * changeable part with the message, or {@link Undefined#UNDEFINED}.
     *
     * @throws dev.weft.execution.step.StepFailure     when the expression fails or exceeds its bounds
     * @throws dev.weft.execution.step.StepUnavailable when there is no sandbox to evaluate it in
     */
    @Nullable
    Object evaluate(EvaluationContext context);

    /** The steps whose results it names ({@code elasticio.<step>}); empty when it may need those of all. */
    Optional<Set<String>> passthroughNames();
}
