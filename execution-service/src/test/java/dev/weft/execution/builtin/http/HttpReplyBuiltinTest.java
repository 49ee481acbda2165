package dev.weft.execution.builtin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.mapping.StandaloneExpressions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void answersWithTheBodyByDefault() {
        assertThat(WorkedStep.work(reply, Map.of(), message, "reply.g.e"))
                .first()
                .isEqualTo(new Outcome.Reply(200, Map.of(), message.body()));
        assertThat(WorkedStep.work(reply, Map.of("status", 204, "body", "gone"), message, "reply.g.e"))
                .first()
                .isEqualTo(new Outcome.Reply(204, Map.of(), ""));
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
