package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.execution.hop.CollectingRecorder;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedStep.PlannedWork.Sailor;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Steps that real sailors do: a component for tests in processes of its own, over a real broker. */
class SailorIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final CollectingRecorder recorder = new CollectingRecorder();
    private final EngineFixture engine = new EngineFixture(TestBuiltin.usual(), recorder);

    @AfterEach
    void end() {
        engine.close();
    }

    private static FlowBuilder hookAct() {
        return FlowBuilder.aFlow()
                .step("hook", "weft/webhook:receive")
                .step("act", "acme/probe:act")
                .edge("hook", "act");
    }

    private static FlowBuilder hookActMap() {
        return hookAct().step("map", "weft/mapper:map").edge("act", "map");
    }

    private SailorProcess sailor(Plan plan, String step) throws Exception {
        return SailorProcess.start(engine, plan, step, Map.of());
    }

    private List<StepRecord> ended(String step) {
        return recorder.steps(step).stream()
                .filter(record -> record.status() != Status.RUNNING)
                .toList();
    }

    private List<StepRecord.FailureRecord> failures(String step) {
        return recorder.steps(step).stream()
                .map(StepRecord::failure)
                .filter(Objects::nonNull)
                .toList();
    }

    @SuppressWarnings("unchecked") // a body is an object
    private static Map<String, Object> body(Payload shown) {
        return (Map<String, Object>) JSON.readValue(shown.json(), Map.class).get("body");
    }

    @Test
    void takesAMessageThroughTwoSailorsAndStampsEachWithAnIdOfItsOwn() throws Exception {
        var plan = engine.run(hookAct()
                .step("next", "acme/probe:act")
                .step("map", "weft/mapper:map")
                .edge("act", "next")
                .edge("next", "map", Map.of("asked", "elasticio.hook.do", "i", "elasticio.act.body.i"), null)
                .build());
        try (var act = sailor(plan, "act");
                var next = SailorProcess.start(engine, plan, "next", Map.of("RABBITMQ_PREFETCH_SAILOR", "10"))) {
            var execution = engine.fire(plan, Map.of("do", "many", "count", 6));

            // Equal ids would be swallowed by a sailor that takes ten at a time, and keep it from ending.
            await().atMost(SOON).until(() -> recorder.steps("map").size() == 6);
            assertThat(recorder.deliveries)
                    .allMatch(delivery -> delivery.executionId().equals(execution));
            assertThat(new HashSet<>(recorder.steps("next").stream()
                            .map(StepRecord::messageId)
                            .toList()))
                    .hasSize(6);
            assertThat(recorder.steps("map"))
                    .extracting(record -> body(record.input()).get("i"))
                    .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
            assertThat(act.end()).isZero();
            assertThat(next.end()).isZero();
        }
        var given = recorder.steps("act").getFirst();
        assertThat(given.status()).isEqualTo(Status.RUNNING);
        assertThat(body(given.input())).isEqualTo(Map.of("do", "many", "count", 6));
        assertThat(ended("act"))
                .hasSize(6)
                .allMatch(StepRecord::isFrame)
                .allMatch(record -> record.messageId().equals(given.messageId()));
        assertThat(ended("act").getFirst().key()).startsWith(given.key());
    }

    @Test
    void makesOneErrorOfAFrameAndItsRejectionAndSendsItAgain() throws Exception {
        var plan = engine.run(hookAct().build());
        try (var _ = sailor(plan, "act")) {
            engine.fire(plan, Map.of("do", "throw"));
            await().atMost(SOON).until(() -> failures("act").size() == 1);
            var failure = failures("act").getFirst();
            assertThat(failure.name()).isEqualTo("TypeError");
            assertThat(failure.message()).isEqualTo("kaboom");
            assertThat(failure.headers()).containsEntry(FlowHeaders.PROTOCOL_VERSION, 2);
            assertThat(EngineFixture.CODEC.decode(failure.frame(), 2).body()).isEqualTo(Map.of("do", "throw"));

            // What can not be read is rejected without a word; it waits behind the rejection of the first.
            var headers = new HashMap<>(failure.headers());
            headers.put(FlowHeaders.MESSAGE_ID, "unreadable");
            engine.send(FlowFrame.to(((Sailor) plan.step("act").work()).queue(), headers, new byte[] {1, 2, 3}));
            await().atMost(SOON).until(() -> failures("act").size() > 1);
            assertThat(failures("act"))
                    .extracting(StepRecord.FailureRecord::name)
                    .containsExactly("TypeError", "UnreadableMessage");

            var edited = EngineFixture.CODEC.encode(StepMessage.of(Map.of("do", "pass")));
            engine.send(engine.kickOffs.again(plan, "act", failure.headers(), edited, "f".repeat(40)));
            await().atMost(SOON)
                    .until(() -> ended("act").stream().anyMatch(record -> record.status() == Status.COMPLETED));
        }
    }

    @Test
    void keepsWhatIsEmittedAfterAnError() throws Exception {
        var plan = engine.run(hookActMap().build());
        try (var _ = sailor(plan, "act")) {
            engine.fire(plan, Map.of("do", "fail and go on"));
            await().atMost(SOON).until(() -> recorder.steps("map").size() == 1);
            await().atMost(SOON).until(() -> failures("act").size() == 1);
        }
    }

    @Test
    void bringsAReboundBack() throws Exception {
        var plan = engine.run(hookActMap().build());
        try (var _ = sailor(plan, "act")) {
            engine.fire(plan, Map.of("do", "rebound", "id", "r1"));
            await().atMost(SOON).until(() -> recorder.steps("map").size() == 1);
        }
        assertThat(recorder.steps("act"))
                .extracting(StepRecord::status)
                .containsExactly(Status.RUNNING, Status.REBOUND, Status.RUNNING, Status.COMPLETED);
        assertThat(recorder.steps("act")).extracting(StepRecord::attempt).containsExactly(1, 1, 2, 2);
    }

    @Test
    void keepsWhatTheStepRemembers() throws Exception {
        var plan = engine.run(hookAct().build());
        try (var _ = sailor(plan, "act")) {
            engine.fire(plan, Map.of("do", "remember"));
            await().atMost(SOON)
                    .until(() -> Map.of("full", "A", "part", "B")
                            .equals(engine.snapshots.find(plan.flow().id(), "act")));
        }
    }

    @Test
    void answersTheCallerInBothWays() throws Exception {
        var plan = engine.run(hookAct().build());
        try (var connection = connection();
                var channel = connection.createChannel();
                var _ = sailor(plan, "act")) {
            channel.queueDeclare("reply.test", false, true, true, Map.of());
            fireForReply(plan, Map.of("do", "reply", "name", "Ann"), "reply.test.one");
            var first = reply(channel);
            fireForReply(plan, Map.of("do", "reply as a message", "name", "Ben"), "reply.test.two");
            var second = reply(channel);
            assertThat(first)
                    .isEqualTo(Map.of(
                            "statusCode", 201, "headers", Map.of("x-a", List.of("1")), "body", Map.of("hello", "Ann")));
            assertThat(second)
                    .isEqualTo(Map.of(
                            "statusCode", 202, "headers", Map.of("x-b", List.of("2")), "body", Map.of("hello", "Ben")));
        }
    }

    private void fireForReply(Plan plan, Map<String, Object> body, String replyTo) {
        var kickOff = engine.kickOffs.fire(plan, engine.ids.nextHex32(), "webhook", replyTo, StepMessage.of(body));
        var headers = new HashMap<>(kickOff.headers());
        headers.put(FlowHeaders.REPLY_TO, replyTo);
        engine.send(FlowFrame.to(kickOff.key(), headers, kickOff.body()));
    }

    private static Object reply(Channel channel) {
        var got = await().atMost(SOON).until(() -> channel.basicGet("reply.test", true), Objects::nonNull);
        return EngineFixture.CODEC.open(got.getBody(), 2);
    }

    private static Connection connection() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(EngineFixture.brokerUri());
        return factory.newConnection();
    }

    @Test
    void showsWhatIsSentToNobody() throws Exception {
        engine.deadLetters.start();
        var plan = engine.run(hookAct().build());
        try (var _ = sailor(plan, "act")) {
            engine.fire(plan, Map.of("do", "stray"));
            await().atMost(SOON).until(() -> !ended("act").isEmpty());
        }
        assertThat(body(ended("act").getFirst().outputs().getFirst())).isEqualTo(Map.of("lost", true));
        assertThat(recorder.logs())
                .extracting(line -> line.message())
                .containsExactly("A message was sent to nobody.takes.this, which nobody takes.");
    }

    @Test
    void bringsAReboundOfASailorThatHandlesErrorsBack() throws Exception {
        var plan = engine.run(hookAct().handler("handler", "acme/probe:act").build());
        try (var _ = sailor(plan, "act");
                var _ = SailorProcess.start(engine, plan, "handler", Map.of("INPUT_FORMAT", "error"))) {
            engine.fire(plan, Map.of("do", "throw", "handler", "rebound"));
            await().atMost(SOON)
                    .until(() -> ended("handler").stream().anyMatch(record -> record.status() == Status.COMPLETED));
        }
        assertThat(failures("handler")).isEmpty();
    }

    @Test
    void tellsASailorThatHandlesErrors() throws Exception {
        var plan = engine.run(hookAct().handler("handler", "acme/probe:act").build());
        try (var _ = sailor(plan, "act");
                var _ = SailorProcess.start(engine, plan, "handler", Map.of("INPUT_FORMAT", "error"))) {
            engine.fire(plan, Map.of("do", "throw"));
            await().atMost(SOON).until(() -> !ended("handler").isEmpty());
        }
        var got = (Map<?, ?>)
                body(ended("handler").getFirst().outputs().getFirst()).get("msg");
        var told = (Map<?, ?>) got.get("body");
        assertThat(((Map<?, ?>) told.get("error")).get("message")).isEqualTo("kaboom");
        assertThat(((Map<?, ?>) told.get("errorInput")).get("body")).isEqualTo(Map.of("do", "throw"));
    }
}
