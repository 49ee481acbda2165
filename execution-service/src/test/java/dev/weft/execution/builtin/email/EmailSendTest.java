package dev.weft.execution.builtin.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.mail.Mail;
import dev.weft.common.mail.MailFailure;
import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.jsonata.StandaloneExpressions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EmailSendTest {

    private final List<Mail> sent = new ArrayList<>();
    private final EmailSend email = new EmailSend(
            new StandaloneExpressions().expressions(),
            mail -> {
                sent.add(mail);
                return "<1@weft>";
            },
            new JsonMapper());
    private final StepMessage message = StepMessage.of(Map.of("who", "ann@example.com", "n", 5));

    @Test
    void sendsWhatItsFieldsGive() {
        var fields = Map.<String, Object>of(
                "to",
                "who & ', bob@example.com'",
                "subject",
                "'No ' & n",
                "text",
                "'t'",
                "html",
                "'<b>h</b>'",
                "from",
                "'me@example.com'");

        var outcomes = WorkedStep.work(email, fields, message);

        assertThat(WorkedStep.bodies(outcomes)).containsExactly(Map.of("messageId", "<1@weft>"));
        assertThat(sent)
                .containsExactly(new Mail(
                        "effect",
                        "me@example.com",
                        List.of("ann@example.com, bob@example.com"),
                        "No 5",
                        "t",
                        "<b>h</b>"));
    }

    @Test
    void takesSeveralAddressesAndNeedsOne() {
        WorkedStep.work(email, Map.of("to", List.of("who", "'b@example.com'"), "subject", "n"), message);

        assertThat(sent)
                .containsExactly(
                        new Mail("effect", null, List.of("ann@example.com", "b@example.com"), "5", null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> email.prepare(WorkedStep.settings(Map.of("to", "who"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> email.prepare(WorkedStep.settings(Map.of("subject", "n"))));
    }

    /** Source: api-v2 11.6. */
    @Test
    void sendsAnObjectAsItsJsonTextAndNeverAsAnythingElse() {
        WorkedStep.work(email, Map.of("to", "who", "subject", "n", "text", "{'a': n}"), message);
        WorkedStep.work(email, Map.of("to", "who", "subject", "n", "text", "[n, true]"), message);

        WorkedStep.work(
                email, Map.of("to", "who", "subject", "n", "text", "[{'a': n * 2469135.78}, n / 50000]"), message);
        WorkedStep.work(email, Map.of("to", "who", "subject", "n / 50000", "text", "n * 2469135.78"), message);

        assertThat(sent)
                .extracting(Mail::text)
                .containsExactly("{\"a\":5}", "[5,true]", "[{\"a\":12345678.9},0.0001]", "12345678.9");
        assertThat(sent.getLast().subject()).isEqualTo("0.0001");
        for (var field : List.of("subject", "html", "from", "to")) {
            var fields = new HashMap<String, Object>(Map.of("to", "who", "subject", "n"));
            fields.put(field, "{'a': n}");
            assertThatThrownBy(() -> WorkedStep.work(email, fields, message))
                    .isInstanceOf(StepFailure.class)
                    .hasMessageContaining(field);
        }
        assertThatThrownBy(() -> WorkedStep.work(email, Map.of("to", "[who, n]", "subject", "n"), message))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("to must give");
    }

    @Test
    void sendsAgainLaterWhatMayBeTakenThen() {
        var fields = Map.<String, Object>of("to", "who", "subject", "n");

        var outcomes = WorkedStep.work(failing(new MailFailure("not now", true)), fields, message);

        assertThat(outcomes).containsExactly(new Outcome.Rebound("not now", null));
        assertThatThrownBy(() -> WorkedStep.work(failing(new MailFailure("never", false)), fields, message))
                .isInstanceOf(StepFailure.class)
                .hasMessage("never");
    }

    @Test
    void marksAFailureThatQuotesTheMail() {
        var fields = Map.<String, Object>of("to", "who", "subject", "n");

        assertThatThrownBy(
                        () -> WorkedStep.work(failing(new MailFailure("to holds ann@x", false, true)), fields, message))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        failure -> assertThat(failure.isQuoting()).isTrue());
    }

    private static EmailSend failing(MailFailure failure) {
        return new EmailSend(
                new StandaloneExpressions().expressions(),
                _ -> {
                    throw failure;
                },
                new JsonMapper());
    }
}
