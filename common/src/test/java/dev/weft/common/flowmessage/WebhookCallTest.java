package dev.weft.common.flowmessage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the door writes is what the step reads, and so is what doors wrote before. */
class WebhookCallTest {

    private final JsonMapper json = JsonMapper.builder().build();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private WebhookCall read(byte[] frame) {
        var members = new TreeMap<>(json.readValue(frame, new TypeReference<Map<String, Object>>() {}));
        members.remove("body");
        return WebhookCall.read(
                (Map<String, Object>) members.remove("headers"),
                (Map<String, Object>) members.remove("attachments"),
                members);
    }

    @Test
    void isReadAsItWasWritten() {
        var files = List.of(
                new WebhookCall.File(1, "doc", Optional.of("x.txt"), "text/plain", bytes("hello")),
                new WebhookCall.File(2, "pic", Optional.empty(), "image/png", new byte[0]));
        var call = new WebhookCall(
                "PUT", "/hook/f/a?q=1", "/a", Map.of("q", List.of("1", "2")), Map.of("x-probe", "p"), files);

        var read = read(call.frame(json, "m", "e", "f", bytes("{\"a\":1}")));

        assertThat(read).usingRecursiveComparison().isEqualTo(call);
    }

    @Test
    void theBodyIsNotTouched() {
        var call = new WebhookCall("POST", "/hook/f", null, Map.of(), Map.of(), List.of());

        var frame =
                new String(call.frame(json, "m", "e", "f", bytes("{\"n\": 1.10, \"n\":2}")), StandardCharsets.UTF_8);

        assertThat(frame).contains("\"body\":{\"n\": 1.10, \"n\":2}").doesNotContain("files", "additionalUrlPath");
        assertThat(read(bytes(frame)).rest()).isNull();
    }

    /** Of 0.1.0, as it may lie in a queue. */
    @Test
    void aFrameOfAnOlderDoorIsRead() {
        var read = read(bytes("""
                {"id":"w1","attachments":{"doc":{"url":"/v2/executions/e1/attachments/7","content-type":"text/plain",
                 "size":5,"filename":"x.txt"}},"metadata":{},"headers":{"content-type":"application/json"},
                 "query":{"x":"1"},"params":{"taskId":"f"},"method":"POST","url":"/hook/f/extra?x=1",
                 "originalUrl":"/hook/f/extra?x=1","additionalUrlPath":"/extra","body":{"hello":"w"},
                 "files":{"doc":"aGVsbG8="}}"""));

        assertThat(read.url()).isEqualTo("/hook/f/extra?x=1");
        assertThat(read.rest()).isEqualTo("/extra");
        assertThat(read.query()).containsEntry("x", "1");
        assertThat(read.files()).singleElement().satisfies(file -> {
            assertThat(file.number()).isEqualTo(7);
            assertThat(file.content()).asString().isEqualTo("hello");
        });
    }

    @Test
    void whatNoDoorHasWrittenIsAPostOfNothing() {
        assertThat(WebhookCall.read(Map.of(), Map.of("a", "no reference"), Map.of("method", 1)))
                .isEqualTo(new WebhookCall("POST", "", null, Map.of(), Map.of(), List.of()));
    }
}
