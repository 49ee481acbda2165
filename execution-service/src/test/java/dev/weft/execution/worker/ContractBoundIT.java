package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.ContractBacklogs.Word;
import dev.weft.execution.hop.CollectingRecorder;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.step.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** The bound on what waits in all queues of a contract, over a real broker. */
class ContractBoundIT {

    private final CollectingRecorder recorder = new CollectingRecorder();
    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final List<Word> told = new CopyOnWriteArrayList<>();

    @Test
    void aStepThatWouldGoOnFillingTheQueuesOfItsContractWaitsAndNothingIsLost() {
        var gate = new CountDownLatch(1);
        var builtins = TestBuiltin.usualBut("weft/http:request", input -> {
            awaitOpen(gate);
            seen.add(((Map<?, ?>) input.message().body()).get("n"));
            return List.of(new Outcome.Data(input.message()));
        });
        try (var engine = new EngineFixture(builtins, recorder, DataSize.ofMegabytes(2))) {
            var watch = new BacklogWatch(
                    engine.workers, engine.topology, (_, _) -> {}, engine.room, (_, word) -> told.add(word));
            var filling = engine.run(flow());
            var out = filling.queueOf("out");
            engine.fire(filling, elements(0, 600));
            await("all of it is in the next queue")
                    .until(() -> recorder.steps("split").size() == 1 && begun(engine, filling) == 0);
            await().until(() -> {
                watch.look();
                return !told.isEmpty() && told.getLast().sent() > 600 * 6_000 && !engine.room.takes(out);
            });
            assertThat(told.getLast().taken()).isGreaterThan(2_000_000);

            engine.fire(filling, elements(600, 20));
            await("the second delivery is kept").until(() -> {
                watch.look();
                return refused(engine) > 0;
            });
            assertThat(begun(engine, filling)).isEqualTo(1);
            assertThat(engine.topology.ready(out)
                            + engine.workers.loads(filling.runId()).get(out).waiting())
                    .isLessThanOrEqualTo(600);
            // The broker's count of what it has given follows a moment later.
            await("nothing waits at the entry").until(() -> {
                watch.look();
                return engine.room.takes(filling.entryQueue());
            });

            gate.countDown();
            await().until(() -> {
                watch.look();
                return seen.size() >= 620;
            });
            assertThat(seen).isEqualTo(IntStream.range(0, 620).boxed().toList());
            await("it is told when it has caught up").until(() -> {
                watch.look();
                return told.getLast().equals(Word.nothing(told.getLast().teller()));
            });
            assertThat(engine.room.takes(out)).isTrue();
        }
    }

    @Test
    void whatOneFlowFillsKeepsAnotherOfItsContractNotForEver() {
        var gate = new CountDownLatch(1);
        var builtins = TestBuiltin.usualBut("weft/http:request", input -> {
            var body = (Map<?, ?>) input.message().body();
            if (body.get("n") instanceof Integer n && n < 1000) {
                awaitOpen(gate);
            }
            seen.add(body.get("n"));
            return List.of(new Outcome.Data(input.message()));
        });
        try (var engine = new EngineFixture(builtins, recorder, DataSize.ofMegabytes(2))) {
            var watch = new BacklogWatch(
                    engine.workers, engine.topology, (_, _) -> {}, engine.room, (_, word) -> told.add(word));
            var stuck = engine.run(flow());
            var other = engine.run(flow("65a000000000000000000009"));
            engine.fire(stuck, elements(0, 600));
            await().until(() -> {
                watch.look();
                return !engine.room.takes(stuck.queueOf("out"));
            });

            engine.fire(other, elements(1000, 50));

            await().until(() -> {
                watch.look();
                return seen.size() == 50;
            });
            assertThat(seen).isEqualTo(IntStream.range(1000, 1050).boxed().toList());
            gate.countDown();
            await().until(() -> {
                watch.look();
                return seen.size() == 650;
            });
        }
    }

    @Test
    void countsWhatWaitsToComeAgain() {
        var builtins = TestBuiltin.usualBut(
                "weft/http:request",
                input -> input.attempt() > 1
                        ? List.of(new Outcome.Data(input.message()))
                        : List.of(new Outcome.Rebound("later", Duration.ofSeconds(2), 0)));
        try (var engine = new EngineFixture(builtins, recorder, DataSize.ofKilobytes(400))) {
            var watch = new BacklogWatch(
                    engine.workers, engine.topology, (_, _) -> {}, engine.room, (_, word) -> told.add(word));
            var plan = engine.run(flow());
            var out = plan.queueOf("out");

            engine.fire(plan, elements(0, 20));

            await().until(() -> {
                watch.look();
                return engine.room.waitingFor(out) > 100_000
                        && !told.isEmpty()
                        && told.getLast().sent() >= engine.room.waitingFor(out);
            });
            await("all have come").until(() -> {
                watch.look();
                return recorder.steps("out").size() == 40 && engine.room.waitingFor(out) == 0;
            });
        }
    }

    private static long begun(EngineFixture engine, Plan plan) {
        return engine.workers.loads(plan.runId()).get(plan.entryQueue()).begun();
    }

    private static long refused(EngineFixture engine) {
        return engine.meters
                .get("weft.messages.published")
                .tag("answer", "refused")
                .timer()
                .count();
    }

    private static void awaitOpen(CountDownLatch gate) {
        try {
            assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FlowDefinition flow() {
        return flow("65a000000000000000000001");
    }

    private static FlowDefinition flow(String id) {
        return FlowBuilder.aFlow(id)
                .step("hook", "weft/webhook:receive")
                .step("split", "weft/splitter:split")
                .step("out", "weft/http:request")
                .edge("hook", "split")
                .edge("split", "out")
                .build();
    }

    private static Map<String, Object> elements(int from, int count) {
        var text = "x".repeat(6_000);
        return Map.of(
                "xs",
                IntStream.range(from, from + count)
                        .mapToObj(n -> Map.of("n", n, "text", text))
                        .toList());
    }
}
