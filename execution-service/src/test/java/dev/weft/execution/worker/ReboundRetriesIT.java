package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.hop.CollectingRecorder;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.record.StepRecord.Status;
import dev.weft.execution.step.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Over a real broker: a step that waits knows, when its message is back, how often it has tried in all. */
class ReboundRetriesIT {

    private final CollectingRecorder recorder = new CollectingRecorder();

    @Test
    void leavesAMessageOpenThatFailsAndIsToComeAgain() {
        var attempts = new AtomicInteger();
        var builtins = TestBuiltin.usualBut(
                "weft/http:request",
                input -> attempts.incrementAndGet() == 1
                        ? List.of(
                                new Outcome.Failed("Error", "half of it", ""),
                                new Outcome.Rebound("not yet", Duration.ofMillis(10)))
                        : List.of(new Outcome.Data(input.message())));
        try (var engine = new EngineFixture(builtins, recorder)) {
            var plan = engine.run(FlowBuilder.aFlow()
                    .step("hook", "weft/webhook:receive")
                    .step("out", "weft/http:request")
                    .edge("hook", "out")
                    .build());

            engine.fire(plan, Map.of("n", 1));

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> recorder.steps("out").size() == 3);
            var records = recorder.steps("out");
            assertThat(records)
                    .extracting(record -> record.status())
                    .containsExactly(Status.REBOUND, Status.FAILED, Status.COMPLETED);
            assertThat(records.getFirst().failure()).isNull();
            assertThat(records.get(1).key()).isEqualTo(records.getFirst().key() + "!0");
            assertThat(records.get(1).failure().message()).isEqualTo("half of it");
        }
    }

    @Test
    void bringsBackHowOftenTheStepHasTried() {
        var attempts = new CopyOnWriteArrayList<Integer>();
        var builtins = TestBuiltin.usualBut("weft/http:request", input -> {
            attempts.add(input.attempt());
            return attempts.size() < 3
                    ? List.of(new Outcome.Rebound("not yet", Duration.ofMillis(10), 2))
                    : List.of(new Outcome.Data(input.message()));
        });
        try (var engine = new EngineFixture(builtins, recorder)) {
            var plan = engine.run(FlowBuilder.aFlow()
                    .step("hook", "weft/webhook:receive")
                    .step("out", "weft/http:request")
                    .edge("hook", "out")
                    .build());

            engine.fire(plan, Map.of("n", 1));

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> recorder.steps("out").size() == 3);
            assertThat(attempts).containsExactly(1, 4, 7);
            assertThat(recorder.steps("out"))
                    .extracting(record -> record.attempt())
                    .containsExactly(1, 2, 3);
            assertThat(recorder.steps("out").getLast().status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void aMessageWaitsThoughItsWaitingQueueWasDeleted() {
        var builtins = TestBuiltin.usualBut(
                "weft/http:request",
                input -> input.attempt() == 1
                        ? List.of(new Outcome.Rebound("not yet", Duration.ofMillis(10)))
                        : List.of(new Outcome.Data(input.message())));
        try (var engine = new EngineFixture(builtins, recorder)) {
            var plan = engine.run(FlowBuilder.aFlow()
                    .step("hook", "weft/webhook:receive")
                    .step("out", "weft/http:request")
                    .edge("hook", "out")
                    .build());
            engine.fire(plan, Map.of("n", 1));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> recorder.steps("out").size() == 2);

            engine.topology.delete(List.of(FlowNames.rebounds(plan.flow().tenantId(), 1)));
            engine.fire(plan, Map.of("n", 2));

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> recorder.steps("out").size() == 4);
            assertThat(recorder.steps("out"))
                    .extracting(record -> record.status())
                    .containsExactly(Status.REBOUND, Status.COMPLETED, Status.REBOUND, Status.COMPLETED);
        }
    }

    @Test
    void aMessageWaitsThoughItsWaitingExchangeWasDeleted() throws Exception {
        var builtins = TestBuiltin.usualBut(
                "weft/http:request",
                input -> input.attempt() == 1
                        ? List.of(new Outcome.Rebound("not yet", Duration.ofMillis(10)))
                        : List.of(new Outcome.Data(input.message())));
        try (var engine = new EngineFixture(builtins, recorder);
                var connection = new BrokerConnections(EngineFixture.brokerUri()).open("somebody")) {
            var plan = engine.run(FlowBuilder.aFlow()
                    .step("hook", "weft/webhook:receive")
                    .step("out", "weft/http:request")
                    .edge("hook", "out")
                    .build());
            engine.fire(plan, Map.of("n", 1));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> recorder.steps("out").size() == 2);

            // The broker ends the channel of who publishes to it, and with it all other publishes that are under way.
            connection
                    .createChannel()
                    .exchangeDelete(FlowNames.rebounds(plan.flow().tenantId(), 1));
            engine.fire(plan, Map.of("n", 2));

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> recorder.steps("out").size() == 4);
            assertThat(recorder.steps("out"))
                    .extracting(record -> record.status())
                    .containsExactly(Status.REBOUND, Status.COMPLETED, Status.REBOUND, Status.COMPLETED);
        }
    }
}
