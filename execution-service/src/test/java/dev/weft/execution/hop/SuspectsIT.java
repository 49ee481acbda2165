package dev.weft.execution.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.record.StepRecord.Status;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Over a real broker: what has been taken back twice is suspected, and acquitted when its worker lives. */
class SuspectsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final CollectingRecorder recorder = new CollectingRecorder();

    @Test
    void doesNotTakeForAKillerWhatHadToWait() throws Exception {
        var attempts = new AtomicInteger();
        var builtins = TestBuiltin.usualBut("weft/http:request", input -> {
            if (attempts.incrementAndGet() <= 3) {
                throw new StepUnavailable(new IllegalStateException("away"));
            }
            return List.of(new Outcome.Data(input.message()));
        });
        try (var engine = new EngineFixture(builtins, recorder)) {
            var plan = engine.declared(FlowBuilder.aFlow()
                    .step("hook", "weft/webhook:receive")
                    .step("out", "weft/http:request")
                    .edge("hook", "out")
                    .prefetch("out", 1, 2)
                    .build());
            engine.fire(plan, Map.of("n", 1));
            takeBackTwice(plan);

            engine.workers.open(plan);

            await().atMost(SOON).until(() -> !recorder.steps().isEmpty());
            assertThat(recorder.steps()).extracting(record -> record.status()).containsOnly(Status.COMPLETED);
            assertThat(attempts).hasValue(4);
            await().atMost(SOON).until(() -> engine.topology.ready(plan.entryQueue()) == 0);
        }
    }

    private static void takeBackTwice(Plan plan) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(EngineFixture.brokerUri());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            var taken = new AtomicInteger();
            await().atMost(SOON).until(() -> {
                var message = channel.basicGet(plan.entryQueue(), false);
                if (message != null) {
                    taken.incrementAndGet();
                    channel.basicReject(message.getEnvelope().getDeliveryTag(), true);
                }
                return taken.get() == 2;
            });
        }
    }
}
