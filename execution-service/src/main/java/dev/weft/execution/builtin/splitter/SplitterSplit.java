package dev.weft.execution.builtin.splitter;

import dev.weft.execution.builtin.BuiltinFields;
import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * {@code weft/splitter:split}: one message for each element of what {@code expression} finds, in order; an element that
 * is no object becomes {@code {"value": element}}.
 */
@Service
final class SplitterSplit implements Builtin {

    private final Expressions expressions;

    SplitterSplit(Expressions expressions) {
        this.expressions = expressions;
    }

    @Override
    public String command() {
        return "weft/splitter:split";
    }

    @Override
    public boolean emitsMany() {
        return true;
    }

    @Override
    public Step prepare(StepSettings settings) {
        var expression = new BuiltinFields(settings.fields(), expressions).requiredExpression("expression");
        return input -> split(
                input.message(), expression.evaluate(EvaluationContext.of(input.message(), settings.variables())));
    }

    private static List<Outcome> split(StepMessage message, @Nullable Object found) {
        if (Undefined.is(found)) {
            return List.of();
        }
        // List.of and Map.of refuse null, which may be among the values.
        var elements = found instanceof List<?> list ? list : Collections.singletonList(found);
        // Each is made at its turn: there may be a million, of which the delivery may make fewer, and all at once would
        // lie in memory beside the message.
        return new AbstractList<>() {
            @Override
            public Outcome get(int index) {
                var element = elements.get(index);
                return new Outcome.Data(message.withBody(
                        element instanceof Map<?, ?> ? element : Collections.singletonMap("value", element)));
            }

            @Override
            public int size() {
                return elements.size();
            }
        };
    }
}
