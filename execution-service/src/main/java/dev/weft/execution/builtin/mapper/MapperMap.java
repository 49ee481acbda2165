package dev.weft.execution.builtin.mapper;

import dev.weft.execution.builtin.BuiltinFields;
import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import java.util.List;
import org.springframework.stereotype.Service;

/** {@code weft/mapper:map}: emits the value of {@code expression}; undefined emits nothing. */
@Service
final class MapperMap implements Builtin {

    private final Expressions expressions;

    MapperMap(Expressions expressions) {
        this.expressions = expressions;
    }

    @Override
    public String command() {
        return "weft/mapper:map";
    }

    @Override
    public Step prepare(StepSettings settings) {
        var expression = new BuiltinFields(settings.fields(), expressions).expressionOrNull("expression", "$");
        return input -> {
            var result = expression.evaluate(EvaluationContext.of(input.message(), settings.variables()));
            return Undefined.is(result)
                    ? List.of()
                    : List.of(new Outcome.Data(input.message().withBody(result)));
        };
    }
}
