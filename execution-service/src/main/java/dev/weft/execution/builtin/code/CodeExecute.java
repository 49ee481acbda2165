package dev.weft.execution.builtin.code;

import dev.weft.execution.builtin.BuiltinFields;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import java.time.Duration;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code weft/code:execute}: runs {@code async function run(msg, cfg, snapshot)} in the sandbox, where it emits with
 * {@code this.emit}, logs with {@code this.logger}, and may return a body.
 */
@Service
final class CodeExecute implements Builtin {

    private final Expressions expressions;
    private final Sandbox sandbox;
    private final JsonMapper json;

    CodeExecute(Expressions expressions, Sandbox sandbox, JsonMapper json) {
        this.expressions = expressions;
        this.sandbox = sandbox;
        this.json = json;
    }

    @Override
    public String command() {
        return "weft/code:execute";
    }

    @Override
    public boolean emitsMany() {
        return true;
    }

    @Override
    public boolean usesSnapshot() {
        return true;
    }

    @Override
    public Step prepare(StepSettings settings) {
        var fields = new BuiltinFields(settings.fields(), expressions);
        var code = fields.requiredText("code");
        var limit = Duration.ofMillis(fields.number("timeout_ms", 10_000, 10, 60_000));
        return new CodeStep(code, limit, settings, sandbox, json);
    }
}
