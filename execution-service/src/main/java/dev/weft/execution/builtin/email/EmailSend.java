package dev.weft.execution.builtin.email;

import dev.weft.execution.builtin.BuiltinFields;
import dev.weft.execution.mail.Mail;
import dev.weft.execution.mail.MailFailure;
import dev.weft.execution.mail.Mailer;
import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * {@code weft/email:send}: sends one mail, and emits {@code {"messageId"}}. {@code to} gives a text, in which commas
 * separate addresses, or an array of texts. The id is made of the effect key. A mail that may be taken later is sent
 * again after a wait.
 */
@Service
final class EmailSend implements Builtin {

    private static final String FAILURE = "EmailError";

    private final Expressions expressions;
    private final Mailer mailer;

    EmailSend(Expressions expressions, Mailer mailer) {
        this.expressions = expressions;
        this.mailer = mailer;
    }

    @Override
    public String command() {
        return "weft/email:send";
    }

    @Override
    public boolean inline() {
        return false;
    }

    @Override
    public Step prepare(StepSettings settings) {
        var fields = new BuiltinFields(settings.fields(), expressions);
        var to = fields.requiredExpression("to");
        var subject = fields.requiredExpression("subject");
        var text = fields.expression("text");
        var html = fields.expression("html");
        var from = fields.expression("from");
        return Step.lasting(mailer.longest(), input -> {
            var context = EvaluationContext.of(input.message(), settings.variables());
            var subjectText = text(subject, context);
            var mail = new Mail(
                    input.effectKey(),
                    text(from, context),
                    addresses(to.evaluate(context)),
                    subjectText == null ? "" : subjectText,
                    text(text, context),
                    text(html, context));
            return List.of(send(mail, input.message()));
        });
    }

    private Outcome send(Mail mail, StepMessage message) {
        try {
            return new Outcome.Data(message.withBody(Map.of("messageId", mailer.send(mail))));
        } catch (MailFailure e) {
            if (e.isPassing()) {
                return new Outcome.Rebound(e.text(), null);
            }
            throw new StepFailure(FAILURE, e.text());
        }
    }

    private static List<String> addresses(@Nullable Object value) {
        var texts = value instanceof List<?> list ? list.stream() : Stream.of(value == null ? "" : value);
        var addresses = texts.filter(String.class::isInstance)
                .flatMap(text -> Stream.of(String.valueOf(text).split(",")))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
        if (addresses.isEmpty()) {
            throw new StepFailure(FAILURE, "to gives no address.");
        }
        return addresses;
    }

    private static @Nullable String text(@Nullable Expression expression, EvaluationContext context) {
        var value = expression == null ? null : expression.evaluate(context);
        return value == null || Undefined.is(value) ? null : String.valueOf(value);
    }
}
