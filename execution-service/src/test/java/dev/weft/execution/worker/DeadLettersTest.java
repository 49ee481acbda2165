package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.NotedSettling;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.id.Ids;
import dev.weft.execution.consumer.QueueWorker;
import dev.weft.execution.failure.LostMessage;
import dev.weft.execution.hop.CollectingRecorder;
import dev.weft.execution.hop.HopTools;
import dev.weft.execution.hop.TestTools;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.PathExpressions;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.PublishFailure;
import dev.weft.execution.rebound.NotedTopology;
import dev.weft.execution.rebound.Rebounds;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What becomes of messages that have waited, and whose step has no queue when they come back. */
class DeadLettersTest {

    private static final String EXECUTION = "00000000000000000000000000000001";

    private final Ids ids = new Ids();
    private final CollectingRecorder recorder = new CollectingRecorder();
    private final List<FlowFrame> published = new CopyOnWriteArrayList<>();
    private final NotedSettling settling = new NotedSettling();
    private final Plan plan = new Planner(TestBuiltin.usual(), new PathExpressions())
            .plan(
                    FlowBuilder.aFlow()
                            .step("hook", "weft/webhook:receive")
                            .step("out", "weft/http:request")
                            .edge("hook", "out")
                            .build(),
                    "0123456789abcdef0123456789abcdef");
    private volatile boolean kept = true;
    private volatile boolean running;
    private CompletableFuture<Void> toTheStep = CompletableFuture.failedFuture(new PublishFailure.Unroutable("out"));

    private final HopTools tools = TestTools.of(
            new Rebounds(new NotedTopology(), EngineFixture.SHORT_WAITS),
            null,
            frame -> {
                published.add(frame);
                return frame.exchange().isEmpty() ? toTheStep : CompletableFuture.completedFuture(null);
            },
            recorder,
            ids,
            new EngineMetrics(new SimpleMeterRegistry()));

    private final KeptRuns runs = new KeptRuns() {
        @Override
        public Optional<Plan> find(String flowId, String runId) {
            return kept ? Optional.of(plan) : Optional.empty();
        }

        @Override
        public Optional<Plan> lasting(String flowId) {
            return running ? Optional.of(plan) : Optional.empty();
        }
    };

    private final DeadLetters deadLetters =
            new DeadLetters(null, new Workers(null, tools, null, null, EngineFixture.ownSlots()), runs, tools);
    private final QueueWorker worker = new QueueWorker(500, deadLetters::take);

    private void comesBack(int number) {
        var headers = Map.<String, Object>of(
                FlowHeaders.MESSAGE_ID,
                "m" + number,
                FlowHeaders.THREAD_ID,
                EXECUTION,
                FlowHeaders.EFFECT,
                "k" + number,
                FlowHeaders.PROTOCOL_VERSION,
                2,
                FlowHeaders.TASK_ID,
                plan.flow().id(),
                FlowHeaders.EXEC_ID,
                plan.runId(),
                FlowHeaders.TARGET,
                "out",
                "x-death",
                List.of(Map.of("reason", "expired")));
        var body = EngineFixture.CODEC.encode(StepMessage.of(Map.of("n", number)));
        take(headers, body, number);
    }

    private void take(Map<String, Object> headers, byte[] body, int number) {
        worker.take(new Delivery("dead", "dead", headers, body, number, 0, settling));
    }

    @Test
    void whatHasNoQueueWaitsOnceMoreAndHoldsUpNoOther() {
        comesBack(1);
        comesBack(2);

        await().untilAsserted(() -> assertThat(settling.acknowledged()).hasSize(2));
        var waiting = FlowNames.rebounds(plan.flow().tenantId(), 64);
        assertThat(published).extracting(FlowFrame::exchange).containsExactlyInAnyOrder("", "", waiting, waiting);
        assertThat(published).extracting(FlowFrame::key).containsOnly(plan.queueOf("out"));
        assertThat(published).allSatisfy(frame -> assertThat(frame.headers()).doesNotContainKey("x-death"));
        assertThat(recorder.steps()).isEmpty();
    }

    @Test
    void whatHasNoQueueIsDroppedWithItsFlow() {
        toTheStep = new CompletableFuture<>();
        comesBack(1);
        await().until(() -> published.size() == 1);

        kept = false;
        toTheStep.completeExceptionally(new PublishFailure.Unroutable("out"));

        await().untilAsserted(() -> assertThat(settling.acknowledged()).hasSize(1));
        assertThat(published).hasSize(1);
        assertThat(recorder.steps()).isEmpty();
    }

    @Test
    void whatHasNoQueueIsAnErrorOfTheVersionInForceWhenItsOwnHasEndedMeanwhile() {
        toTheStep = new CompletableFuture<>();
        comesBack(1);
        await().until(() -> published.size() == 1);

        kept = false;
        running = true;
        toTheStep.completeExceptionally(new PublishFailure.Unroutable("out"));

        await().untilAsserted(() -> assertThat(settling.acknowledged()).hasSize(1));
        assertThat(recorder.steps("out").getFirst().failure().name()).isEqualTo("VersionEnded");
    }

    @Test
    void whatTheBrokerHasLostIsAnErrorThatKeepsNoInput() {
        var key = "b".repeat(40);
        recorder.record(new DeliveryRecord(
                EXECUTION,
                plan.flow().id(),
                "v",
                plan.runId(),
                "w",
                "t",
                "u",
                "webhook",
                1,
                List.of(new StepRecord(
                        "a".repeat(40),
                        "hook",
                        "m1",
                        null,
                        1,
                        Status.COMPLETED,
                        1,
                        1,
                        null,
                        null,
                        false,
                        List.of(key),
                        null)),
                List.of()));

        isLost(key, 8);

        await().untilAsserted(() -> assertThat(settling.acknowledged()).hasSize(1));
        var record = recorder.steps("out").getFirst();
        assertThat(record.key()).isEqualTo(key);
        assertThat(record.failure().name()).isEqualTo("MessageLost");
        assertThat(record.failure().frame()).isEmpty();
        assertThat(recorder.logs()).extracting(line -> line.stepId()).containsExactly("out");

        // It is told again, or turns up after all.
        isLost(key, 9);
        await().untilAsserted(() -> assertThat(settling.acknowledged()).hasSize(2));
        assertThat(recorder.steps("out")).hasSize(1);
    }

    private void isLost(String key, int number) {
        var envelope =
                new MessageEnvelope("m2", "m1", EXECUTION, "hook", "out", key, 0, 0, null, "webhook", 1, 2, Map.of());
        var frame = LostMessage.of(plan, envelope, EngineFixture.CODEC);
        take(frame.headers(), frame.body(), number);
    }
}
