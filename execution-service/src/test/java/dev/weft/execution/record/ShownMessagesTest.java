package dev.weft.execution.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.message.StepMessage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ShownMessagesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ShownMessages messages = new ShownMessages(new MessageCodec(
            JsonMapper.builder().build(), new MessageCipher("a message password", "sixteen letters.")));

    private static Object read(ShownMessages.Shown shown) {
        return JSON.readValue(shown.payload().json(), Object.class);
    }

    @Test
    void showsASmallBodyAsItIs() {
        var shown = messages.of(StepMessage.of(Map.of("n", 1)));

        assertThat(shown.truncated()).isFalse();
        assertThat(read(shown)).isEqualTo(Map.of("body", Map.of("n", 1), "headers", Map.of()));
    }

    @Test
    void writesAMessageOnceThoughItIsEmittedAndReceived() {
        var emitted = StepMessage.of(Map.of("n", 1));
        var received = emitted.withPassthrough(Map.of("step", Map.of("body", 1)));

        assertThat(messages.of(received).payload())
                .isSameAs(messages.of(emitted).payload());
        assertThat(messages.of(emitted.withBody(Map.of("n", 2))).payload())
                .isNotEqualTo(messages.of(emitted).payload());
    }

    @Test
    void writesMessagesThatShareTheirBodyEachWithTheirOwnHeaders() {
        var came = new StepMessage(
                Map.of("n", 1), Map.of("host", "a"), Map.of("f", Map.of("url", "u")), Map.of(), Map.of());
        var bodiless = StepMessage.of(null);

        assertThat(read(messages.of(bodiless))).hasToString("{body=null, headers={}}");
        assertThat(read(messages.of(came)))
                .isEqualTo(Map.of(
                        "body", Map.of("n", 1),
                        "headers", Map.of("host", "a"),
                        "attachments", Map.of("f", Map.of("url", "u"))));
        assertThat(read(messages.of(new StepMessage(came.body(), Map.of(), Map.of(), Map.of(), Map.of()))))
                .isEqualTo(Map.of("body", Map.of("n", 1), "headers", Map.of()));
        assertThat(read(messages.of(bodiless.withBody(Map.of("n", 2)))))
                .isEqualTo(Map.of("body", Map.of("n", 2), "headers", Map.of()));
    }

    @Test
    void cutsABodyAbove64KiB() {
        var shown = messages.of(StepMessage.of(Map.of("pad", "x".repeat(70_000))));

        assertThat(shown.truncated()).isTrue();
        assertThat(read(shown))
                .isEqualTo(Map.of("body", Map.of("$truncated", true, "bytes", 70_010), "headers", Map.of()));
    }

    @Test
    void showsThatThereIsNoJsonOfAMessage() {
        Object nested = Map.of();
        for (var i = 0; i < 100_000; i++) {
            nested = List.of(nested);
        }

        var shown = messages.of(StepMessage.of(nested));

        assertThat(shown.truncated()).isTrue();
        assertThat(read(shown)).isEqualTo(Map.of("body", Map.of("$truncated", true), "headers", Map.of()));
    }

    @Test
    void countsBytesAsTheyAreWritten() {
        for (var value : Arrays.asList(
                null,
                true,
                -120,
                9_000_000_000L,
                new BigDecimal("1.25"),
                "quo\"te \\ é € 😀",
                List.of(),
                List.of(1, 2),
                Map.of(),
                Map.of("a", Map.of("b", List.of("c", false))))) {
            var written = JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length;
            assertThat(JsonSize.of(value)).as("%s", value).isEqualTo(written);
            assertThat(JsonSize.fits(value, written - 1))
                    .as("%s in less", value)
                    .isFalse();
            assertThat(JsonSize.fits(value, 3L * written))
                    .as("%s in more", value)
                    .isTrue();
        }
    }
}
