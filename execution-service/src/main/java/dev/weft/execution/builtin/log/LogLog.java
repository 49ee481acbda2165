package dev.weft.execution.builtin.log;

import dev.weft.execution.builtin.BuiltinFields;
import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import dev.weft.execution.wire.ValueText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** {@code weft/log:log}: writes {@code message} to the flow's log at {@code level}, and emits its input. */
@Service
final class LogLog implements Builtin {

    /** Numbers of the contract (api-v2 11.1). */
    private static final Map<String, Integer> LEVELS =
            Map.of("trace", 10, "debug", 20, "info", 30, "warn", 40, "error", 50, "fatal", 60);

    private final Expressions expressions;
    private final ValueText texts;

    LogLog(Expressions expressions, JsonMapper json) {
        this.expressions = expressions;
        this.texts = new ValueText(json);
    }

    @Override
    public String command() {
        return "weft/log:log";
    }

    @Override
    public Step prepare(StepSettings settings) {
        var fields = new BuiltinFields(settings.fields(), expressions);
        var level = level(fields.text("level"));
        var message = fields.expressionOrNull("message", "$");
        return input -> {
            var value = message.evaluate(EvaluationContext.of(input.message(), settings.variables()));
            return List.of(new Outcome.Log(level, text(value)), new Outcome.Data(input.message()));
        };
    }

    private static int level(@Nullable String name) {
        var level = LEVELS.get(name == null ? "info" : name);
        if (level == null) {
            throw new IllegalArgumentException("Field level must be one of trace, debug, info, warn, error, fatal.");
        }
        return level;
    }

    private String text(@Nullable Object value) {
        if (Undefined.is(value)) {
            return "";
        }
        return texts.of(value);
    }
}
