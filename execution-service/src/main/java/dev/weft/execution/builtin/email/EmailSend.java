package dev.weft.execution.builtin.email;

import dev.weft.common.mail.Mail;
import dev.weft.common.mail.MailFailure;
import dev.weft.common.mail.Mailer;
import dev.weft.execution.builtin.BuiltinFields;
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
import dev.weft.execution.wire.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code weft/email:send}: sends one mail, and emits {@code {"messageId"}}. {@code to} gives a text, in which commas
 * separate addresses, or an array of texts; {@code text} may give any value, of which the JSON text is sent. The id is made of the effect key. A mail that may be taken later is sent
 * again after a wait.
 */
@Service
final class EmailSend implements Builtin {

    private static final String FAILURE = "EmailError";
    private static final String SUBJECT = "subject";
    private static final String TEXT = "text";
    private static final String HTML = "html";
    private static final String FROM = "from";

    private final Expressions expressions;
    private final Mailer mailer;
    private final ValueText texts;

    EmailSend(Expressions expressions, Mailer mailer, JsonMapper json) {
        this.expressions = expressions;
        this.mailer = mailer;
        this.texts = new ValueText(json);
    }

    @Override
    public String command() {
        return "weft/email:send";
    }

    @Override
    public Step prepare(StepSettings settings) {
        var fields = new BuiltinFields(settings.fields(), expressions);
        var to = fields.requiredExpression("to");
        var subject = fields.requiredExpression(SUBJECT);
        var text = fields.expression(TEXT);
        var html = fields.expression(HTML);
        var from = fields.expression(FROM);
        return Step.lasting(mailer.longest(), input -> {
            var context = EvaluationContext.of(input.message(), settings.variables());
            var subjectText = text(SUBJECT, subject, context);
            var mail = new Mail(
                    // The id of the mail is made of it, so that a mail which is sent again bears the same Message-ID.
                    input.effectKey(),
                    text(FROM, from, context),
                    addresses(to.evaluate(context)),
                    subjectText == null ? "" : subjectText,
                    text(TEXT, text, context),
                    text(HTML, html, context));
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
            throw StepFailure.of(FAILURE, e.text(), e.isQuoting());
        }
    }

    private static List<String> addresses(@Nullable Object value) {
        var addresses = new ArrayList<String>();
        for (var address :
                value instanceof List<?> list ? list : List.of(value == null ? Undefined.UNDEFINED : value)) {
            if (address instanceof String text) {
                addresses.add(text);
            } else if (!Undefined.is(address)) {
                throw new StepFailure(FAILURE, "to must give a text, or an array of texts.");
            }
        }
        return addresses;
    }

    private @Nullable String text(String name, @Nullable Expression expression, EvaluationContext context) {
        var value = expression == null ? null : expression.evaluate(context);
        if (value == null || Undefined.is(value)) {
            return null;
        }
        var isPlain = value instanceof Number || value instanceof Boolean;
        if (value instanceof String || name.equals(TEXT) || (isPlain && !name.equals(FROM))) {
            return texts.of(value);
        }
        throw new StepFailure(FAILURE, name + " must give a text.");
    }
}
