package dev.weft.execution.sailor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.broker.Settling;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.sailor.SailorFrames.SailorFrame;
import dev.weft.execution.step.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Frames as the sailors of all versions write them (sailor-recorded A, B, C). */
class SailorFramesTest {

    private static final String PLACE = "f.act.r.";

    private final MessageCipher cipher = new MessageCipher("testCryptoPassword", "iv=any16_symbols");
    private final SailorFrames frames =
            new SailorFrames(new MessageCodec(JsonMapper.builder().build(), cipher));

    private SailorFrame read(String key, Map<String, Object> headers, byte[] body) {
        return frames.read(new Delivery("f.act.r.frames", key, headers, body, 1, 0, new Unsettled()));
    }

    private Outcome told(String key, Map<String, Object> headers, byte[] body) {
        return ((SailorFrame.Told) read(key, headers, body)).outcome();
    }

    private byte[] base64(String json) {
        return cipher.encryptText(bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsDataOfEitherProtocol(int protocol) {
        var json = "{\"id\":\"x\",\"body\":{\"i\":0},\"headers\":{},\"passthrough\":{\"hook\":{\"body\":1}}}";
        var body = protocol == 1 ? base64(json) : cipher.encrypt(bytes(json));

        var frame = (SailorFrame.Told) read(PLACE + "message", Map.of("protocolVersion", protocol), body);

        assertThat(((Outcome.Data) frame.outcome()).message().body()).isEqualTo(Map.of("i", 0));
        assertThat(frame.input().passthrough()).containsOnlyKeys("hook");
    }

    @Test
    void readsAnErrorWithItsInput() {
        var body = "{\"error\":\""
                + new String(
                        base64("{\"name\":\"TypeError\",\"message\":\"kaboom\",\"stack\":\"at\"}"),
                        StandardCharsets.US_ASCII)
                + "\",\"errorInput\":\""
                + new String(base64("{\"body\":{\"do\":\"throw\"}}"), StandardCharsets.US_ASCII) + "\"}";

        var frame = (SailorFrame.Told) read(PLACE + "error", Map.of("protocolVersion", 2), bytes(body));

        assertThat(frame.outcome()).isEqualTo(new Outcome.Failed("TypeError", "kaboom", "at"));
        assertThat(frame.input().body()).isEqualTo(Map.of("do", "throw"));
    }

    @Test
    void readsAnErrorOfTheStartWithoutInputAndAJvmErrorWithoutMessage() {
        var body = "{\"error\":\""
                + new String(base64("{\"name\":\"java.lang.NullPointerException\"}"), StandardCharsets.US_ASCII)
                + "\"}";

        assertThat(told(PLACE + "error", Map.of(), bytes(body)))
                .isEqualTo(new Outcome.Failed("java.lang.NullPointerException", "", ""));
    }

    @Test
    void readsAReboundThatIsNotAsItsHeaderSays() {
        var headers = Map.<String, Object>of("protocolVersion", 2, "reboundReason", "not ready");

        var frame = (SailorFrame.Told) read(PLACE + "rebound", headers, base64("{\"body\":{\"do\":\"rebound\"}}"));

        assertThat(frame.outcome()).isEqualTo(new Outcome.Rebound("not ready", null));
        assertThat(frame.input().body()).isEqualTo(Map.of("do", "rebound"));
    }

    @ParameterizedTest
    @CsvSource({"snapshot, false", "updateSnapshot, true", ", false"})
    void readsSnapshots(String event, boolean merge) {
        var headers = new HashMap<String, Object>();
        if (event != null) {
            headers.put("snapshotEvent", event);
        }

        assertThat(told(PLACE + "snapshot", headers, bytes("{\"part\":\"B\"}")))
                .isEqualTo(new Outcome.Snapshot(Map.of("part", "B"), merge));
    }

    @Test
    void readsBothKindsOfReply() {
        var event = "{\"statusCode\":201,\"body\":\"hi\",\"headers\":{\"content-type\":\"text/plain\",\"n\":null}}";
        var message =
                "{\"body\":{\"ok\":true},\"headers\":{\"Content-Type\":\"application/json\",\"x-eio-status-code\":203,"
                        + "\"reply_to\":\"reply.a.b\",\"x-c\":\"v\"}}";

        assertThat(told("reply.a.b", Map.of("protocolVersion", 1), base64(event)))
                .isEqualTo(new Outcome.Reply(201, Map.of("content-type", List.of("text/plain")), "hi"));
        assertThat(told("reply.a.b", Map.of("protocolVersion", 1), base64(message)))
                .isEqualTo(new Outcome.Reply(
                        203,
                        Map.of("Content-Type", List.of("application/json"), "x-c", List.of("v")),
                        Map.of("ok", true)));
    }

    @Test
    void knowsAnErrorReplyAndWhatTheBrokerSays() {
        var rejected =
                Map.<String, Object>of("x-death", List.of(Map.of("reason", "rejected"), Map.of("reason", "expired")));
        var returned = Map.<String, Object>of("x-death", List.of(Map.of("reason", "delivery_limit")));

        assertThat(read("reply.a.b", Map.of("x-eio-error-response", true), base64("{\"name\":\"Error\"}")))
                .isInstanceOf(SailorFrame.ErrorReply.class);
        assertThat(read(PLACE + "deadletter", rejected, new byte[0])).isInstanceOf(SailorFrame.Rejected.class);
        assertThat(read(PLACE + "deadletter", returned, new byte[0])).isInstanceOf(SailorFrame.Returned.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"message", "error", "rebound", "snapshot"})
    void refusesWhatIsNoFrame(String kind) {
        assertThatThrownBy(() -> read(PLACE + kind, Map.of(), bytes("<html>")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "999", "\"ok\""})
    void refusesAReplyWithoutAStatus(String status) {
        assertThatThrownBy(() -> read("reply.a.b", Map.of(), base64("{\"statusCode\":" + status + "}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Source: api-v2 11.6. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "[{\"a\":1}]", "\"5 €\"", "\"a\\nb\""})
    void refusesAReplyWhoseHeaderCanNotBeSent(String value) {
        assertThatThrownBy(() ->
                        read("reply.a.b", Map.of(), base64("{\"statusCode\":200,\"headers\":{\"X-A\":" + value + "}}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-A");
    }

    @Test
    void readsAnErrorWhoseMessageIsNoTextAsItsJson() {
        var body = "{\"error\":\""
                + new String(base64("{\"name\":\"Error\",\"message\":{\"a\":1}}"), StandardCharsets.US_ASCII) + "\"}";

        assertThat(told(PLACE + "error", Map.of(), bytes(body)))
                .isEqualTo(new Outcome.Failed("Error", "{\"a\":1}", ""));
    }

    private static final class Unsettled implements Settling {

        @Override
        public void acknowledge(long tag) {
            throw new AssertionError("Reading settles nothing.");
        }

        @Override
        public void requeue(long tag) {
            throw new AssertionError("Reading settles nothing.");
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
