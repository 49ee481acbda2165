package dev.weft.execution.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.KickOffHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
                "0123456789abcdef0123456789abcdef",
                "hook",
                "map",
                "0123456789abcdef0123456789abcdef01234567",
                2,
                3,
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
    void aKickOffSaysTheSameReadEitherWay() {
        var kickOff = new KickOffHeaders(
                "m1",
                "0123456789abcdef0123456789abcdef",
                "f1",
                "r1",
                "w1",
                "u1",
                "hook",
                "webhook",
                EffectKey.kickOff("f1", "call"),
                17L,
                "reply.g1.e1",
                "apps");

        var headers = new HashMap<>(kickOff.written());
        headers.put("X-EIO-Meta-Trace-Id", "t1");

        assertThat(MessageEnvelope.of(kickOff, headers)).isEqualTo(MessageEnvelope.read(headers, "new", 99L));
    }

    @Test
    void replacesWhatAnEnvelopeLacks() {
        var envelope = MessageEnvelope.read(Map.of(), "new", 99L);

        assertThat(envelope.messageId()).isEqualTo("new");
        assertThat(envelope.effectKey()).matches("[0-9a-f]{40}");
        assertThat(envelope.execution()).matches("[0-9a-f]{32}");
        assertThat(envelope.retries()).isZero();
        assertThat(envelope.startedAt()).isEqualTo(99L);
        assertThat(envelope.protocol()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3f2504e0-4f89-11d3-9a0c-0305e82c3301", "unknown", "Grüße ✓", "", "0123456789ABCDEF"})
    void makesIdsOfOursOfWhatOthersCallTheirMessages(String theirs) {
        Map<String, Object> headers = Map.of(FlowHeaders.MESSAGE_ID, theirs, FlowHeaders.THREAD_ID, theirs);

        var envelope = MessageEnvelope.read(headers, "new", 99L);

        assertThat(envelope.messageId()).isEqualTo(theirs);
        assertThat(envelope.effectKey()).matches("[0-9a-f]{40}");
        assertThat(envelope.execution()).matches("[0-9a-f]{32}");
        assertThat(MessageEnvelope.read(headers, "other", 100L).execution()).isEqualTo(envelope.execution());
        assertThat(MessageEnvelope.read(headers, "other", 100L).effectKey()).isEqualTo(envelope.effectKey());
        assertThat(MessageEnvelope.read(envelope.headers(Map.of()), "other", 100L)
                        .execution())
                .isEqualTo(envelope.execution());
    }

    @Test
    void handsOnMetadataInLowerCase() {
        var envelope = MessageEnvelope.read(
                Map.of("X-EIO-Meta-Trace-Id", "t1", "x-eio-meta-b", 2, "X-Other", "o"), "new", 99L);

        assertThat(envelope.meta()).isEqualTo(Map.of("x-eio-meta-trace-id", "t1", "x-eio-meta-b", "2"));
        assertThat(envelope.headers(Map.of())).containsEntry("x-eio-meta-trace-id", "t1");
    }

    @Test
    void countsRetriesOverRebounds() {
        var first = MessageEnvelope.read(Map.of(), "new", 99L);

        var third = MessageEnvelope.read(first.rebound("a", "s", 2).headers(Map.of()), "b", 1L)
                .rebound("c", "s", 0);

        assertThat(third.rebounds()).isEqualTo(2);
        assertThat(third.retries()).isEqualTo(4);
        assertThat(third.next("d", "s", "t", "key").retries()).isZero();
        assertThat(MessageEnvelope.read(Map.of(FlowHeaders.REBOUND_ITERATION, 3), "new", 1L)
                        .retries())
                .as("a sailor counts rebounds alone")
                .isEqualTo(3);
    }
}
