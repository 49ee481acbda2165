package dev.weft.execution.builtin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.WebhookCall;
import dev.weft.execution.attachment.KeptFiles;
import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookReceiveTest {

    private final KeptFiles kept = new KeptFiles();
    private final WebhookReceive receive = new WebhookReceive(kept);

    @Test
    void keepsFilesOnceAndNamesThemOnly() {
        var references = Map.<String, Object>of(
                "doc",
                        Map.of(
                                "url",
                                WebhookCall.fileUrl("execution", 2),
                                "content-type",
                                "text/plain",
                                "size",
                                5,
                                "filename",
                                "x.txt"),
                "pic", Map.of("url", WebhookCall.fileUrl("execution", 1), "content-type", "image/png", "size", 0));
        var call = new StepMessage(
                Map.of("a", 1), Map.of(), references, Map.of(), Map.of("files", Map.of("doc", "aGVsbG8=", "pic", "")));

        var outcomes = WorkedStep.work(receive, Map.of(), call);

        var message = ((Outcome.Data) outcomes.getFirst()).message();
        assertThat(message.attachments()).isEqualTo(references);
        assertThat(message.whole().toString()).doesNotContain("aGVsbG8=", "files");
        assertThat(kept.all()).containsOnlyKeys("flow/execution/1", "flow/execution/2");
        assertThat(kept.all().get("flow/execution/2").content()).asString().isEqualTo("hello");
        assertThat(kept.all().get("flow/execution/2").name()).isEqualTo("x.txt");
        assertThat(kept.all().get("flow/execution/1").name()).isEqualTo("pic");
    }

    @Test
    void addsWhatIsKnownOfTheCall() {
        var call = new StepMessage(
                Map.of("a", 1, "_method", "forged"),
                Map.of("x-probe", "p"),
                Map.of(),
                Map.of(),
                Map.of(
                        "query",
                        Map.of("q", "1"),
                        "method",
                        "PUT",
                        "url",
                        "/hook/f/x?q=1",
                        "additionalUrlPath",
                        "/x",
                        "params",
                        Map.of()));

        var outcomes = WorkedStep.work(receive, Map.of(), call);

        assertThat(WorkedStep.bodies(outcomes))
                .containsExactly(Map.of(
                        "a",
                        1,
                        "_query",
                        Map.of("q", "1"),
                        "_headers",
                        Map.of("x-probe", "p"),
                        "_method",
                        "PUT",
                        "_url",
                        "/hook/f/x?q=1",
                        "_additionalUrlPath",
                        "/x"));
    }

    @Test
    void hasNoAdditionalPathWithoutOne() {
        var call = new StepMessage(Map.of(), Map.of(), Map.of(), Map.of(), Map.of("method", "GET", "url", "/hook/f"));

        assertThat(WorkedStep.bodies(WorkedStep.work(receive, Map.of(), call)))
                .containsExactly(Map.of("_query", Map.of(), "_headers", Map.of(), "_method", "GET", "_url", "/hook/f"));
    }

    @Test
    void wrapsABodyThatIsNoObject() {
        var bodies = WorkedStep.bodies(WorkedStep.work(receive, Map.of(), StepMessage.of(List.of(1))));

        assertThat(bodies)
                .singleElement()
                .satisfies(body -> assertThat(String.valueOf(body)).contains("value=[1]"));
    }
}
