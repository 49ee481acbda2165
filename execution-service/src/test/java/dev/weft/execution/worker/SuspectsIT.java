package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.weft.execution.failure.Suspicion;
import dev.weft.execution.failure.Suspicion.Verdict;
import dev.weft.execution.hop.CollectingRecorder;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.record.StepRecord.Status;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Over a real broker: what was taken back twice while processes died is suspected, and acquitted when its worker lives. */
class SuspectsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

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

    @Test
    void aRollingRestartMakesNoSuspects() throws Exception {
        var builtins = TestBuiltin.usualBut("weft/http:request", input -> List.of(new Outcome.Data(input.message())));
        try (var engine = engine(builtins, (_, _) -> Verdict.CLEAR)) {
            var plan = engine.declared(flow());
            for (var n = 0; n < 50; n++) {
                engine.fire(plan, Map.of("n", n));
            }
            takeBackTwice(plan, 50);

            engine.workers.open(plan);

            await().atMost(SOON).until(() -> recorder.steps("out").size() == 50);
            assertThat(engine.suspects.writes).hasValue(0);
        }
    }

    @Test
    void waitsUntilItIsKnownWhetherAProcessHasDied() throws Exception {
        var asked = new AtomicInteger();
        var builtins = TestBuiltin.usualBut("weft/http:request", input -> List.of(new Outcome.Data(input.message())));
        try (var engine = engine(builtins, (_, _) -> asked.incrementAndGet() < 3 ? Verdict.UNKNOWN : Verdict.CLEAR)) {
            var plan = engine.declared(flow());
            engine.fire(plan, Map.of("n", 1));
            takeBackTwice(plan, 1);

            engine.workers.open(plan);

            await().atMost(SOON).until(() -> recorder.steps("out").size() == 1);
            assertThat(asked).hasValue(3);
            assertThat(engine.suspects.writes).hasValue(0);
        }
    }

    @Test
    void oneTenantsSuspectThatHangsHoldsUpNoOther() throws Exception {
        var gate = new CountDownLatch(1);
        var builtins = TestBuiltin.usualBut("weft/http:request", input -> {
            if (((Map<?, ?>) input.message().body()).get("hang") != null) {
                awaitLatch(gate);
            }
            return List.of(new Outcome.Data(input.message()));
        });
        try (var engine = engine(builtins, (_, _) -> Verdict.SUSPECT)) {
            var hanging = engine.declared(ofTenant("t1", "65a00000000000000000000a"));
            var same = engine.declared(ofTenant("t1", "65a00000000000000000000b"));
            var other = engine.declared(ofTenant("t2", "65a00000000000000000000c"));
            engine.fire(hanging, Map.of("hang", true));
            engine.fire(same, Map.of("n", 1));
            engine.fire(other, Map.of("n", 2));
            for (var plan : List.of(hanging, same, other)) {
                takeBackTwice(plan, 1);
            }
            engine.workers.open(hanging);
            await().atMost(SOON).until(() -> engine.suspects.writes.get() == 1);

            engine.workers.open(other);
            engine.workers.open(same);

            await().atMost(SOON).until(() -> recorder.steps("out").size() == 1);
            assertThat(recorder.deliveries.getFirst().tenantId()).isEqualTo("t2");
            gate.countDown();
            await().atMost(SOON).until(() -> recorder.steps("out").size() == 3);
        }
    }

    @Test
    void aMessageThatTwoProcessesDiedOfIsAnErrorRecord() throws Exception {
        try (var engine = engine(TestBuiltin.usual(), (_, _) -> Verdict.SUSPECT)) {
            var plan = engine.declared(flow());
            var execution = engine.fire(plan, Map.of("n", 1));
            var id = takeBackTwice(plan, 1);
            // As the two that died have left it.
            engine.suspects.begin(id, plan.flow().id());
            engine.suspects.begin(id, plan.flow().id());

            engine.workers.open(plan);

            await().atMost(SOON).until(() -> recorder.steps().size() == 1);
            assertThat(recorder.steps().getFirst().failure().name()).isEqualTo("PoisonMessage");
            assertThat(recorder.deliveries.getFirst().executionId()).isEqualTo(execution);
            assertThat(engine.suspects.begun(id)).isZero();
        }
    }

    @Test
    void aMessageThatHangsItsWorkerIsWorkedOnApartAfterARestartAndEndsAsAnErrorRecord() {
        var gate = new CountDownLatch(1);
        var builtins = TestBuiltin.usualBut("weft/http:request", input -> {
            if (((Map<?, ?>) input.message().body()).get("hang") != null) {
                awaitLatch(gate);
            }
            return List.of(new Outcome.Data(input.message()));
        });
        var suspects = new EngineFixture.MemorySuspects();
        var hanging = ofTenant("t1", "65a00000000000000000000d");
        var other = ofTenant("t2", "65a00000000000000000000e");
        try (var first = process(builtins, suspects);
                var second = process(builtins, suspects);
                var third = process(builtins, suspects)) {
            var plan = first.run(hanging);
            first.fire(plan, Map.of("hang", true));
            await().atMost(SOON).until(() -> {
                // As if what its steps may take had passed.
                first.workers.lookForHanging(plan.longest().negated());
                return suspects.size() == 1;
            });

            // No death of a process is known: the mark alone makes it a suspect.
            first.consumers.stop();
            second.workers.open(second.planner.plan(hanging, plan.runId()));
            await().atMost(SOON).until(() -> suspects.writes.get() == 2);
            second.fire(second.run(other), Map.of("n", 1));
            await().atMost(SOON).until(() -> recorder.steps("out").size() == 1);

            second.consumers.stop();
            third.workers.open(third.planner.plan(hanging, plan.runId()));

            await().atMost(SOON).until(() -> recorder.steps().stream().anyMatch(step -> step.failure() != null));
            assertThat(recorder.steps().getLast().failure().name()).isEqualTo("PoisonMessage");
            await().atMost(SOON).until(() -> third.topology.ready(plan.entryQueue()) == 0);
            gate.countDown();
        }
    }

    private EngineFixture process(List<Builtin> builtins, EngineFixture.MemorySuspects suspects) {
        return new EngineFixture(
                builtins,
                recorder,
                EngineFixture.brokerUri(),
                EngineFixture.ownSlots(),
                (_, _) -> Verdict.CLEAR,
                new EngineFixture.MemorySnapshots(),
                suspects);
    }

    private EngineFixture engine(List<Builtin> builtins, Suspicion suspicion) {
        return new EngineFixture(
                builtins,
                recorder,
                EngineFixture.brokerUri(),
                EngineFixture.ownSlots(),
                suspicion,
                new EngineFixture.MemorySnapshots());
    }

    private static FlowDefinition flow() {
        return builder("65a000000000000000000001").build();
    }

    private static FlowDefinition ofTenant(String tenant, String flow) {
        return builder(flow).tenant(tenant).build();
    }

    private static FlowBuilder builder(String flow) {
        return FlowBuilder.aFlow(flow)
                .step("hook", "weft/webhook:receive")
                .step("out", "weft/http:request")
                .edge("hook", "out");
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            var _ = latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All of so many messages, twice, as a process that stops gives back what it has taken ahead; the id of the last. */
    private static String takeBackTwice(Plan plan, int messages) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(EngineFixture.brokerUri());
        var id = new AtomicReference<String>();
        for (var round = 0; round < 2; round++) {
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                var taken = new AtomicInteger();
                channel.basicConsume(
                        plan.entryQueue(),
                        false,
                        (_, message) -> {
                            id.set(message.getProperties()
                                    .getHeaders()
                                    .get("messageId")
                                    .toString());
                            taken.incrementAndGet();
                        },
                        _ -> {});
                await().atMost(SOON).until(() -> taken.get() == messages);
            }
        }
        return id.get();
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
