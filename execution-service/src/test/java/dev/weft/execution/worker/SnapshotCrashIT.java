package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.BrokerRelay;
import dev.weft.execution.failure.Suspicion.Verdict;
import dev.weft.execution.hop.CollectingRecorder;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepSettings;
import dev.weft.execution.worker.EngineFixture.MemorySnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Over a real broker: a step that remembers how far it has come sends nothing twice, and skips nothing. */
class SnapshotCrashIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final CollectingRecorder recorder = new CollectingRecorder();
    private final MemorySnapshots store = new MemorySnapshots();
    private final List<Object> arrived = new CopyOnWriteArrayList<>();

    /** As a poll does: emits what is new since what it remembers, and remembers that. */
    private List<Builtin> builtins() {
        var builtins = TestBuiltin.usualBut("weft/http:request", input -> {
            arrived.add(((Map<?, ?>) input.message().body()).get("n"));
            return List.of();
        });
        builtins.replaceAll(builtin -> builtin.command().equals("weft/mapper:map") ? new Polling() : builtin);
        return builtins;
    }

    private EngineFixture engine(String broker) {
        return new EngineFixture(
                builtins(), recorder, broker, EngineFixture.ownSlots(), (_, _) -> Verdict.CLEAR, store);
    }

    private static FlowBuilder flow() {
        // The splitter's queue is a durable point between the two steps.
        return FlowBuilder.aFlow()
                .step("hook", "weft/webhook:receive")
                .step("poll", "weft/mapper:map")
                .step("split", "weft/splitter:split")
                .step("out", "weft/http:request")
                .edge("hook", "poll")
                .edge("poll", "split")
                .edge("split", "out");
    }

    @Test
    void aKillBetweenWhatItMadeAndItsConfirmLetsItBeMadeAgain() throws Exception {
        try (var relay = new BrokerRelay(EngineFixture.brokerUri());
                var survivor = engine(EngineFixture.brokerUri())) {
            Plan plan;
            try (var dying = engine(relay.uri())) {
                plan = dying.planner.plan(flow().build(), dying.ids.nextHex32());
                // There is no queue for what it makes: it is sent again and again.
                dying.topology.declare(only(plan, plan.entryQueue()));
                dying.workers.open(plan);
                dying.fire(plan, Map.of("upTo", 3));

                await().atMost(SOON)
                        .until(() -> dying.workers
                                        .loads(plan.runId())
                                        .get(plan.entryQueue())
                                        .begun()
                                == 1);
                await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> store.kept.isEmpty());
                relay.goAway();
            }
            assertThat(store.kept).as("nothing it made is safe").isEmpty();

            var again = survivor.planner.plan(plan.definition(), plan.runId());
            survivor.topology.declare(again);
            survivor.workers.open(again);

            await().atMost(SOON).until(() -> arrived.size() >= 3);
            await().atMost(SOON).until(() -> store.kept.containsValue("3"));
            assertThat(arrived).containsExactly(0, 1, 2);
            survivor.fire(again, Map.of("upTo", 5));
            await().atMost(SOON).until(() -> arrived.size() >= 5);
            await().atMost(SOON).until(() -> store.kept.containsValue("5"));
            assertThat(arrived).containsExactly(0, 1, 2, 3, 4);
            survivor.workers.close(plan.runId());
            survivor.topology.delete(plan.queueNames());
        }
    }

    @Test
    void theNextMessageSeesWhatTheLastOneRemembered() {
        try (var engine = engine(EngineFixture.brokerUri())) {
            var plan = engine.run(flow().build());
            for (var n = 1; n <= 50; n++) {
                engine.fire(plan, Map.of("upTo", n));
            }

            await().atMost(SOON).until(() -> store.kept.containsValue("50"));
            await().atMost(SOON).until(() -> arrived.size() >= 50);
            assertThat(arrived).doesNotHaveDuplicates().hasSize(50);
        }
    }

    private static Plan only(Plan plan, String queue) {
        return new Plan(
                plan.definition(),
                plan.runId(),
                plan.steps(),
                plan.queues().stream()
                        .filter(planned -> planned.name().equals(queue))
                        .toList(),
                plan.entryStep(),
                plan.errorHandler(),
                false,
                false,
                plan.headers());
    }

    /** Emits the numbers from what it remembers up to what it is told, as one list. */
    private record Polling() implements Builtin {

        @Override
        public String command() {
            return "weft/mapper:map";
        }

        @Override
        public boolean inline() {
            return true;
        }

        @Override
        public boolean usesSnapshot() {
            return true;
        }

        @Override
        public Step prepare(StepSettings settings) {
            return input -> {
                var from = input.snapshot() instanceof Integer known ? known : 0;
                var to = (Integer) ((Map<?, ?>) input.message().body()).get("upTo");
                var xs = IntStream.range(from, to).mapToObj(n -> Map.of("n", n)).toList();
                return List.of(new Outcome.Data(StepMessage.of(Map.of("xs", xs))), new Outcome.Snapshot(to, false));
            };
        }
    }
}
