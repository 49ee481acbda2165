package dev.weft.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.gateway.body.ReadBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

class KickOffTest {

    private static final String FLOW = "5559edd38968ec0736000003";

    private final JsonMapper json = JsonMapper.builder().build();
    private final MessageCipher cipher = new MessageCipher("a password", "sixteen letters.");

    /** The frame that an unmodified webhook component was recorded with. */
    @Test
    void isTheFrameThatWebhookComponentsKnow() {
        var request = new MockHttpServletRequest("POST", "/hook/" + FLOW + "/extra");
        request.setQueryString("x=1");
        request.addHeader("Content-Type", "application/json");
        var door = new HookDoor(
                FLOW, "w", null, null, "run", "queue", "step", false, null, false, null, null, null, null, null, null);
        var body = "{\"hello\":\"w\"}".getBytes(StandardCharsets.UTF_8);

        var frame = new KickOff(json, cipher)
                .frame(
                        "w1",
                        "e1",
                        request,
                        new HookCall(FLOW, "/extra"),
                        door,
                        Map.of("x", "1"),
                        new ReadBody(body, List.of(), false));

        assertThat(json.readTree(cipher.decrypt(frame))).isEqualTo(json.readTree("""
                {"id":"w1","attachments":{},"body":{"hello":"w"},"headers":{"content-type":"application/json"},
                 "metadata":{},"method":"POST","url":"/hook/5559edd38968ec0736000003/extra?x=1",
                 "originalUrl":"/hook/5559edd38968ec0736000003/extra?x=1","query":{"x":"1"},
                 "additionalUrlPath":"/extra","params":{"taskId":"5559edd38968ec0736000003"}}"""));
    }
}
