package dev.weft.execution.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.FlowHeaders;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sailor carries along, and what it is believed. */
class SailorHeadersTest {

    private static final String CARRIED = "x-eio-meta-weft";
    private static final String EXECUTION = "0123456789abcdef0123456789abcdef";
    private static final String EFFECT = "0123456789abcdef0123456789abcdef01234567";

    private final CarriedSeal seal = new CarriedSeal("a secret");

    private Map<String, Object> given() {
        var headers = Map.<String, Object>of(
                FlowHeaders.MESSAGE_ID,
                "m1",
                FlowHeaders.THREAD_ID,
                EXECUTION,
                FlowHeaders.EFFECT,
                EFFECT,
                FlowHeaders.REBOUND_ITERATION,
                2,
                FlowHeaders.TRIGGER,
                "timer",
                FlowHeaders.STARTED,
                17L);
        return MessageEnvelope.read(headers, "new", 99).sailorHeaders(Map.of(), "f1", seal);
    }

    private MessageEnvelope heard(String flow, Map<String, Object> headers) {
        return MessageEnvelope.ofFrame(headers, flow, seal, "new", 99);
    }

    private static Map<String, Object> frame(Object carried) {
        return Map.of(
                FlowHeaders.MESSAGE_ID,
                "m2",
                FlowHeaders.PARENT_MESSAGE_ID,
                "m1",
                FlowHeaders.STEP_ID,
                "act",
                CARRIED,
                carried);
    }

    @Test
    void knowsTheMessageAgain() {
        var envelope = heard("f1", frame(given().get(CARRIED)));

        assertThat(envelope.messageId()).isEqualTo("m1");
        assertThat(envelope.target()).isEqualTo("act");
        assertThat(envelope.execution()).isEqualTo(EXECUTION);
        assertThat(envelope.effectKey()).isEqualTo(EFFECT);
        assertThat(envelope.attempt()).isEqualTo(3);
        assertThat(envelope.trigger()).isEqualTo("timer");
        assertThat(envelope.startedAt()).isEqualTo(17);
        assertThat(envelope.meta()).isEmpty();
    }

    @Test
    void believesNobodyWhoNamesAnExecutionByItself() {
        var forged = String.valueOf(given().get(CARRIED)).replaceFirst("^0", "1");
        var headers = new HashMap<>(frame(forged));
        headers.put(FlowHeaders.THREAD_ID, EXECUTION);

        assertThat(heard("f1", headers).execution()).isNotEqualTo(EXECUTION).hasSize(32);
        assertThat(heard("f1", headers).effectKey()).isNotEqualTo(EFFECT).hasSize(40);
        assertThat(heard("f2", frame(given().get(CARRIED))).execution()).isNotEqualTo(EXECUTION);
        assertThat(heard("f1", frame("..")).attempt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weft.dead.x", "reply", "reply.a", "reply.a.b.c", "reply..b", "reply.a.b\n"})
    void answersNobodyButACallerAtAGateway(String replyTo) {
        var headers = new HashMap<>(given());
        headers.put(FlowHeaders.REPLY_TO, replyTo);

        assertThat(heard("f1", headers).replyTo()).isNull();
        headers.put(FlowHeaders.REPLY_TO, "reply.a1.b2");
        assertThat(heard("f1", headers).replyTo()).isEqualTo("reply.a1.b2");
    }
}
