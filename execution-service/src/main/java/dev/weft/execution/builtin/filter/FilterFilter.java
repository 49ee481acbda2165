package dev.weft.execution.builtin.filter;

import dev.weft.execution.builtin.BuiltinFields;
import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Truth;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import java.util.List;
import org.springframework.stereotype.Service;

/** {@code weft/filter:filter}: emits its input when {@code expression} is true as {@code $boolean} has it. */
@Service
final class FilterFilter implements Builtin {

    private final Expressions expressions;

    FilterFilter(Expressions expressions) {
        this.expressions = expressions;
    }

    @Override
    public String command() {
        return "weft/filter:filter";
    }

    @Override
    public Step prepare(StepSettings settings) {
        var expression = new BuiltinFields(settings.fields(), expressions).requiredExpression("expression");
        return input -> Truth.of(expression.evaluate(EvaluationContext.of(input.message(), settings.variables())))
                ? List.of(new Outcome.Data(input.message()))
                : List.of();
    }
}
