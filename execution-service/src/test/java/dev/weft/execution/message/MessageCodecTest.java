package dev.weft.execution.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MessageCodecTest {

    /** The test vector of sailor-runtime 8. */
    private final MessageCodec codec =
            new MessageCodec(JsonMapper.builder().build(), new MessageCipher("testCryptoPassword", "iv=any16_symbols"));

    @Test
    void readsWhatASailorWrites() {
        var frame = "2ynRhWL8DhcrHp0Zhp8YW+9WWGKXjRx4MK749vpJQeU=".getBytes(StandardCharsets.UTF_8);

        assertThat(codec.decode(frame, 1).body()).isEqualTo(Map.of("do", "throw"));
    }

    @Test
    void readsWhatItWrites() {
        var message = new StepMessage(
                Map.of("a", List.of(1, "two")),
                Map.of("x", "y"),
                Map.of("file", Map.of("url", "u")),
                Map.of("hook", Map.of("body", Map.of("n", 1))),
                Map.of("method", "POST"));

        assertThat(codec.decode(codec.encode(message), 2)).isEqualTo(message);
    }

    @Test
    void readsAnEmptyFrameAsAnEmptyMessage() {
        assertThat(codec.decode(new byte[0], 2).body()).isEqualTo(Map.of());
    }

    @Test
    void refusesWhatIsNotForItsKey() {
        assertThatThrownBy(() -> codec.decode(new byte[] {1, 2, 3}, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsAllWordsOfAnEnvelopeOverTheHeaders() {
        var envelope = new MessageEnvelope(
                "m1",
                "m0",
                "e1",
                "hook",
                "map",
                "k1",
                2,
                "reply.g1.e1",
                "webhook",
                17L,
                2,
                Map.of("x-eio-meta-a", "b"));

        var headers = envelope.headers(Map.of(FlowHeaders.TASK_ID, "f1"));

        assertThat(headers).containsEntry(FlowHeaders.TASK_ID, "f1");
        assertThat(MessageEnvelope.read(headers, "new", 99L)).isEqualTo(envelope);
    }

    @Test
    void replacesWhatAnEnvelopeLacks() {
        var envelope = MessageEnvelope.read(Map.of(FlowHeaders.THREAD_ID, "e1"), "new", 99L);

        assertThat(envelope.messageId()).isEqualTo("new");
        assertThat(envelope.effectKey()).isEqualTo("new");
        assertThat(envelope.execution()).isEqualTo("e1");
        assertThat(envelope.startedAt()).isEqualTo(99L);
        assertThat(envelope.protocol()).isEqualTo(1);
    }
}
