package dev.weft.execution.builtin.http;

import dev.weft.execution.builtin.BuiltinFields;
import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import dev.weft.execution.wire.FlowAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * {@code weft/http:reply}: answers the waiting webhook caller, and emits its input. When nobody waits, it says so in
 * the log.
 */
@Service
final class HttpReplyBuiltin implements Builtin {

    private static final int INFO = 30;

    private final Expressions expressions;

    HttpReplyBuiltin(Expressions expressions) {
        this.expressions = expressions;
    }

    @Override
    public String command() {
        return "weft/http:reply";
    }

    @Override
    public Step prepare(StepSettings settings) {
        var fields = new BuiltinFields(settings.fields(), expressions);
        var status = fields.expression("status", "200");
        var headers = fields.expression("headers");
        var body = fields.expressionOrNull("body", "$");
        return input -> {
            var data = new Outcome.Data(input.message());
            if (input.replyTo() == null) {
                return List.of(new Outcome.Log(INFO, "No caller waits for a reply."), data);
            }
            var context = EvaluationContext.of(input.message(), settings.variables());
            var value = body.evaluate(context);
            var reply = FlowAnswer.of(
                    "HttpError",
                    status.evaluate(context),
                    headers == null ? null : known(headers.evaluate(context)),
                    Undefined.is(value) ? "" : value);
            return List.of(reply, data);
        };
    }

    private static @Nullable Object known(@Nullable Object value) {
        return Undefined.is(value) ? null : value;
    }
}
