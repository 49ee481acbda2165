package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.BrokerRelay;
import dev.weft.common.id.Ids;
import dev.weft.execution.failure.Suspicion.Verdict;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.process.MemoryProcessMarks;
import dev.weft.execution.process.Processes;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over a real broker: the queues of steps with one replica spread over the processes, in order and without loss. */
class BalanceIT {

    private static final int FLOWS = 9;
    private static final Duration IN_TIME = Duration.ofMinutes(3);

    private final Recorder recorder = new ForgetfulRecorder();
    private final MemoryProcessMarks marks = new MemoryProcessMarks();
    /** What has arrived of each flow, in order. */
    private final Map<String, List<Object>> arrived = new ConcurrentHashMap<>();

    private final List<Replica> replicas = new CopyOnWriteArrayList<>();
    private final List<Plan> plans = new ArrayList<>();
    private final AtomicBoolean firing = new AtomicBoolean(true);
    private final Map<String, Integer> fired = new ConcurrentHashMap<>();

    private static final class ForgetfulRecorder implements Recorder {

        @Override
        public CompletableFuture<Void> record(DeliveryRecord delivery) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean isKnown(String executionId) {
            return false;
        }

        @Override
        public boolean isMissed(String executionId, String key) {
            return false;
        }

        @Override
        public boolean hasError(String executionId, String messageId) {
            return false;
        }
    }

    /** A process of the service. */
    private final class Replica {
        final EngineFixture engine;
        final Processes processes = new Processes(marks, Clock.systemUTC(), new Ids());
        final Balance balance;
        final Map<String, Long> worked = new ConcurrentHashMap<>();

        Replica(String broker) {
            var builtins = TestBuiltin.usualBut("weft/http:request", noting(this));
            engine = new EngineFixture(
                    builtins,
                    recorder,
                    broker,
                    EngineFixture.ownSlots(),
                    (_, _) -> Verdict.CLEAR,
                    new EngineFixture.MemorySnapshots());
            balance = new Balance(engine.workers, processes);
            replicas.add(this);
        }

        void look() {
            processes.look();
            balance.look();
        }

        /** Flows that it has worked for within the last seconds. */
        long busyWith() {
            var now = System.nanoTime();
            return worked.values().stream()
                    .filter(at -> now - at < Duration.ofSeconds(2).toNanos())
                    .count();
        }
    }

    private Step noting(Replica here) {
        return input -> {
            var body = (Map<?, ?>) input.message().body();
            var flow = (String) body.get("flow");
            here.worked.put(flow, System.nanoTime());
            arrived.computeIfAbsent(flow, _ -> new CopyOnWriteArrayList<>()).add(body.get("n"));
            return List.of(new Outcome.Data(input.message()));
        };
    }

    private static FlowDefinition flow(int number) {
        return FlowBuilder.aFlow("65a0000000000000000001%02d".formatted(number))
                .step("hook", "weft/webhook:receive")
                .step("out", "weft/http:request")
                .edge("hook", "out")
                .build();
    }

    private Replica replica() {
        return replica(EngineFixture.brokerUri());
    }

    private Replica replica(String broker) {
        var replica = new Replica(broker);
        for (var plan : plans) {
            replica.engine.workers.open(replica.engine.planner.plan(plan.definition(), plan.runId()));
        }
        return replica;
    }

    private void fireAll(EngineFixture from) {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        for (var plan : plans) {
            var flow = plan.flow().id();
            var n = fired.merge(flow, 1, Integer::sum) - 1;
            from.fire(plan, Map.of("flow", flow, "n", n));
        }
    }

    private boolean spread(List<Replica> among, long most) {
        among.forEach(Replica::look);
        return among.stream().allMatch(replica -> replica.busyWith() > 0 && replica.busyWith() <= most);
    }

    @AfterEach
    void close() {
        firing.set(false);
        replicas.forEach(replica -> replica.engine.close());
    }

    @Test
    void spreadsWhatOneProcessHasOverThoseThatComeAndLosesAndReordersNothing() throws Exception {
        var first = replica();
        for (var n = 0; n < FLOWS; n++) {
            plans.add(first.engine.run(flow(n)));
        }
        var source = Thread.startVirtualThread(() -> {
            while (firing.get()) {
                fireAll(first.engine);
            }
        });
        await().atMost(IN_TIME).until(() -> {
            first.look();
            return first.busyWith() == FLOWS;
        });

        var second = replica();
        await().atMost(IN_TIME).until(() -> spread(List.of(first, second), 5));
        var third = replica();
        await().atMost(IN_TIME).until(() -> spread(List.of(first, second, third), 4));

        // In order: what it has goes to the others at once.
        second.engine.workers.stop();
        second.processes.stop();
        await().atMost(IN_TIME).until(() -> spread(List.of(first, third), 5));
        firing.set(false);
        source.join();
        await().atMost(IN_TIME)
                .until(() -> plans.stream()
                        .allMatch(plan -> arrived.get(plan.flow().id()).size()
                                >= fired.get(plan.flow().id())));
        for (var plan : plans) {
            var flow = plan.flow().id();
            assertThat(arrived.get(flow))
                    .as("each message of %s once, in order", flow)
                    .isEqualTo(IntStream.range(0, fired.get(flow)).boxed().toList());
        }
    }

    @Test
    void aProcessThatDiesIsReplacedAtOnceAndItsShareIsSpread() throws Exception {
        try (var relay = new BrokerRelay(EngineFixture.brokerUri())) {
            var first = replica();
            for (var n = 0; n < FLOWS; n++) {
                plans.add(first.engine.run(flow(n)));
            }
            var dying = replica(relay.uri());
            var source = Thread.startVirtualThread(() -> {
                while (firing.get()) {
                    fireAll(first.engine);
                }
            });
            var third = replica();
            await().atMost(IN_TIME).until(() -> spread(List.of(first, dying, third), 4));

            relay.goAway();
            var before = Map.copyOf(fired);
            await().atMost(IN_TIME)
                    .until(() -> spread(List.of(first, third), 5)
                            && before.entrySet().stream()
                                    .allMatch(flow -> arrived.get(flow.getKey()).size() >= flow.getValue()));
            firing.set(false);
            source.join();
            await().atMost(IN_TIME)
                    .until(() -> plans.stream()
                            .allMatch(plan -> arrived.get(plan.flow().id())
                                    .containsAll(IntStream.range(
                                                    0, fired.get(plan.flow().id()))
                                            .boxed()
                                            .toList())));
            relay.comeBack();
        }
    }
}
