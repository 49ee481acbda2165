package dev.weft.execution.builtin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.jsonata.StandaloneExpressions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReplyBuiltinTest {

    private final HttpReplyBuiltin reply = new HttpReplyBuiltin(new StandaloneExpressions().expressions());
    private final StepMessage message = StepMessage.of(Map.of("n", 5, "code", 201));

    @Test
    void answersTheCallerAndEmitsItsInput() {
        var fields = Map.<String, Object>of(
                "status", "code", "headers", Map.of("X-End", "'e' & n", "X-None", "gone"), "body", "{\"ok\": n}");

        assertThat(WorkedStep.work(reply, fields, message, "reply.g.e"))
                .containsExactly(
                        new Outcome.Reply(201, Map.of("X-End", List.of("e5")), Map.of("ok", 5)),
                        new Outcome.Data(message));
    }

    @Test
    void answersWithAllValuesOfAHeader() {
        var fields = Map.<String, Object>of(
                "headers",
                Map.of("Set-Cookie", List.of("'a=' & n", "'b=2'", "gone"), "X-None", List.of()),
                "body",
                "n");

        assertThat(WorkedStep.work(reply, fields, message, "reply.g.e"))
                .first()
                .isEqualTo(new Outcome.Reply(200, Map.of("Set-Cookie", List.of("a=5", "b=2")), 5));
        assertThat(WorkedStep.work(
                        reply,
                        Map.of("headers", "{'Set-Cookie': ['a', null, 'b']}", "body", "n"),
                        message,
                        "reply.g.e"))
                .first()
                .isEqualTo(new Outcome.Reply(200, Map.of("Set-Cookie", List.of("a", "b")), 5));
    }

    @Test
    void writesNumbersInHeadersAsExpressionsDo() {
        assertThat(WorkedStep.work(
                        reply,
                        Map.of("headers", Map.of("X-Total", "2469135.78 * n", "X-Small", "n / 50000"), "body", "n"),
                        message,
                        "reply.g.e"))
                .first()
                .isEqualTo(new Outcome.Reply(
                        200, Map.of("X-Total", List.of("12345678.9"), "X-Small", List.of("0.0001")), 5));
    }

    @Test
    void answersWithTheBodyByDefault() {
        assertThat(WorkedStep.work(reply, Map.of(), message, "reply.g.e"))
                .first()
                .isEqualTo(new Outcome.Reply(200, Map.of(), message.body()));
        assertThat(WorkedStep.work(reply, Map.of("status", 204, "body", "gone"), message, "reply.g.e"))
                .first()
                .isEqualTo(new Outcome.Reply(204, Map.of(), ""));
    }

    /** Source: api-v2 11.6. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "https://x.test/%E6%97%A5 b  | https://x.test/%E6%97%A5%20b",
                "https://müller.test:8443/ü?q={1}#é | https://xn--mller-kva.test:8443/%C3%BC?q=%7B1%7D#%C3%A9",
                "/日本                         | /%E6%97%A5%E6%9C%AC",
                "../a?b=c                     | ../a?b=c",
                "https://x.test/a%20b?c=d%26  | https://x.test/a%20b?c=d%26",
            })
    void writesAnAddressInTheCharactersOfOne(String location, String written) {
        var fields = Map.<String, Object>of("status", 302, "headers", Map.of("Location", "'" + location + "'"));

        assertThat(WorkedStep.work(reply, fields, message, "reply.g.e"))
                .first()
                .isEqualTo(new Outcome.Reply(302, Map.of("Location", List.of(written)), message.body()));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"[['a']]", "'a\nb'", "'\u0007'"})
    void failsWithAHeaderThatCanNotBeSent(String value) {
        assertThatThrownBy(() -> WorkedStep.work(reply, Map.of("headers", Map.of("X-A", value)), message, "reply.g.e"))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("X-A");
    }

    /** A name that the message has given, and a charset. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"{'account 4711': 'x'}", "{'account-4711': {'a': 1}}", "{'Content-Type': 'a/b; charset=x4711'}"})
    void marksAFailureThatQuotesTheMessage(String headers) {
        assertThatThrownBy(() -> WorkedStep.work(reply, Map.of("headers", headers), message, "reply.g.e"))
                .isInstanceOfSatisfying(StepFailure.class, failure -> {
                    assertThat(failure.text()).contains("4711");
                    assertThat(failure.isQuoting()).isTrue();
                });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{'Content-Type': ['text/plain', 'text/html']}",
                "{'Content-Type': 'text/plain', 'content-type': 'text/html'}",
            })
    void failsWithTwoTypesOfOneBody(String headers) {
        assertThatThrownBy(() -> WorkedStep.work(reply, Map.of("headers", headers), message, "reply.g.e"))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("Content-Type");
    }

    @Test
    void failsWithMoreHeadersThanAnAnswerHolds() {
        assertThatThrownBy(() -> WorkedStep.work(
                        reply, Map.of("headers", "{'X-A': [1..8].$pad('', 8000, 'x')}"), message, "reply.g.e"))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("48 KiB");
    }

    @Test
    void failsWithATextThatItsCharsetLacks() {
        for (var type : List.of("text/plain; charset=ISO-8859-1", "text/plain; charset=x-none")) {
            assertThatThrownBy(() -> WorkedStep.work(
                            reply,
                            Map.of("headers", Map.of("Content-Type", "'" + type + "'"), "body", "'5 €'"),
                            message,
                            "reply.g.e"))
                    .isInstanceOf(StepFailure.class)
                    .hasMessageContaining("charset");
        }
    }

    @Test
    void answersWithALiteralNull() {
        var fields = new HashMap<String, Object>();
        fields.put("body", null);

        assertThat(WorkedStep.work(reply, fields, message, "reply.g.e"))
                .first()
                .isEqualTo(new Outcome.Reply(200, Map.of(), null));
    }

    @Test
    void saysSoWhenNobodyWaits() {
        assertThat(WorkedStep.work(reply, Map.of(), message))
                .containsExactly(new Outcome.Log(30, "No caller waits for a reply."), new Outcome.Data(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"199", "600", "'x'", "gone", "200.5"})
    void failsWithAStatusThatIsNone(String status) {
        assertThatThrownBy(() -> WorkedStep.work(reply, Map.of("status", status), message, "reply.g.e"))
                .isInstanceOf(StepFailure.class);
    }
}
