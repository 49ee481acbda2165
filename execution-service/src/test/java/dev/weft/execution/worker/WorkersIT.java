package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.weft.common.broker.BrokerRelay;
import dev.weft.common.duty.MongoLeaseRepository;
import dev.weft.common.id.Ids;
import dev.weft.common.service.SetClock;
import dev.weft.execution.consumer.LeasedSlots;
import dev.weft.execution.consumer.QueueLoad;
import dev.weft.execution.hop.CollectingRecorder;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord.Status;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.Step;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.store.EmbeddedStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** The way of messages over a real broker. */
class WorkersIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final CollectingRecorder recorder = new CollectingRecorder();
    private final List<Object> seen = new CopyOnWriteArrayList<>();
    /** Of the leases: none ends while a slow machine takes its time. */
    private final SetClock clock = new SetClock();

    private EngineFixture engine(Step request) {
        return new EngineFixture(TestBuiltin.usualBut("weft/http:request", request), recorder);
    }

    private Step noting() {
        return input -> {
            seen.add(((Map<?, ?>) input.message().body()).get("n"));
            return List.of(new Outcome.Data(input.message()));
        };
    }

    private static FlowBuilder hookMapOut() {
        return FlowBuilder.aFlow()
                .step("hook", "weft/webhook:receive")
                .step("map", "weft/mapper:map")
                .step("out", "weft/http:request")
                .edge("hook", "map")
                .edge("map", "out");
    }

    private static FlowBuilder hookSplitOut() {
        return FlowBuilder.aFlow()
                .step("hook", "weft/webhook:receive")
                .step("split", "weft/splitter:split")
                .step("out", "weft/http:request")
                .edge("hook", "split")
                .edge("split", "out");
    }

    private static Map<String, Object> elements(int count) {
        return Map.of(
                "xs", IntStream.range(0, count).mapToObj(n -> Map.of("n", n)).toList());
    }

    @Test
    void carriesAMessageThroughItsStepsAndAcknowledgesIt() {
        try (var engine = engine(noting())) {
            var plan = engine.run(hookMapOut().build());

            engine.fire(plan, Map.of("n", 1));

            await().atMost(SOON).until(() -> recorder.steps().size() == 3);
            assertThat(recorder.steps()).extracting(record -> record.stepId()).containsExactly("hook", "map", "out");
            assertThat(recorder.steps()).allMatch(record -> record.status() == Status.COMPLETED);
            engine.workers.close(plan.runId());
            await().atMost(SOON).until(() -> engine.topology.ready(plan.entryQueue()) == 0);
        }
    }

    @Test
    void keepsTheOrderOfAHundredElements() {
        try (var engine = engine(noting())) {
            var plan = engine.run(hookSplitOut().build());

            engine.fire(plan, elements(100));

            await().atMost(SOON).until(() -> seen.size() == 100);
            assertThat(seen).isEqualTo(IntStream.range(0, 100).boxed().toList());
        }
    }

    @Test
    void worksOnAsManyAtOnceAsThePrefetchAllows() {
        var together = new CountDownLatch(5);
        var most = new AtomicInteger();
        var now = new AtomicInteger();
        Step waiting = input -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            together.countDown();
            awaitLatch(together);
            now.decrementAndGet();
            return List.of();
        };
        try (var engine = engine(waiting)) {
            var plan = engine.run(hookSplitOut().prefetch("out", 5, 1).build());

            engine.fire(plan, elements(20));

            await().atMost(SOON).until(() -> recorder.steps("out").size() == 20);
            assertThat(most.get()).isEqualTo(5);
        }
    }

    @Test
    void bringsAReboundBackAfterItsWaitAndEndsItAtTheLimit() {
        var arrivals = new CopyOnWriteArrayList<Long>();
        Step rebounding = input -> {
            arrivals.add(System.nanoTime());
            return List.of(new Outcome.Rebound("not yet", null));
        };
        try (var engine = engine(rebounding)) {
            var plan = engine.run(hookMapOut().build());

            engine.fire(plan, Map.of("n", 1));

            await().atMost(SOON)
                    .until(() -> recorder.steps("out").stream().anyMatch(record -> record.status() == Status.FAILED));
            assertThat(recorder.steps("out"))
                    .extracting(record -> record.status())
                    .containsExactly(Status.REBOUND, Status.REBOUND, Status.REBOUND, Status.FAILED);
            assertThat(recorder.steps("out").getLast().failure().message()).isEqualTo("Rebound limit exceeded");
            assertThat(recorder.steps("out"))
                    .extracting(record -> record.attempt())
                    .containsExactly(1, 2, 3, 4);
            assertThat(secondsBetween(arrivals, 0)).isGreaterThan(0.9);
            assertThat(secondsBetween(arrivals, 1)).isGreaterThan(1.9);
        }
    }

    @Test
    void letsNoReboundWaitForOneOfAFlowThatWasStopped() {
        Step rebounding = input -> input.attempt() == 1
                ? List.of(new Outcome.Rebound("not yet", Duration.ofMillis(10)))
                : List.of(new Outcome.Data(input.message()));
        try (var engine = engine(rebounding)) {
            engine.deadLetters.start();
            var stopped = engine.run(hookMapOut().build());
            for (var n = 0; n < 100; n++) {
                engine.fire(stopped, Map.of("n", n));
            }
            await().atMost(SOON).until(() -> recorder.steps("out").size() >= 100);
            engine.workers.close(stopped.runId());
            engine.topology.delete(List.of(stopped.entryQueue()));

            var plan = engine.run(hookMapOut().build());
            recorder.deliveries.clear();
            engine.fire(plan, Map.of("n", 1));

            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            recorder.steps("out").stream().anyMatch(record -> record.status() == Status.COMPLETED));
        }
    }

    @Test
    void makesADeadLetterAnErrorRecord() throws Exception {
        try (var engine = engine(noting())) {
            var plan = engine.declared(hookMapOut().prefetch("out", 1, 2).build());
            engine.fire(plan, Map.of("n", 1));
            giveUp(plan);

            engine.workers.open(plan);
            engine.deadLetters.start();

            await().atMost(SOON).until(() -> recorder.steps().size() == 1);
            var record = recorder.steps().getFirst();
            assertThat(record.status()).isEqualTo(Status.FAILED);
            assertThat(record.failure().name()).isEqualTo("PoisonMessage");
            assertThat(EngineFixture.CODEC.decode(record.failure().frame(), 2).body())
                    .isEqualTo(Map.of("n", 1));
        }
    }

    @Test
    void makesAMessageThatKillsItsWorkerAnErrorRecord() {
        Step deadly = _ -> {
            throw new AssertionError("what no step may throw");
        };
        try (var engine = engine(deadly)) {
            var plan = engine.run(hookMapOut().build());

            engine.fire(plan, Map.of("n", 1));

            await().atMost(SOON).until(() -> recorder.steps().size() == 1);
            assertThat(recorder.steps().getFirst().failure().name()).isEqualTo("PoisonMessage");
            await().atMost(SOON).until(() -> engine.topology.ready(plan.entryQueue()) == 0);
        }
    }

    @Test
    void makesAnErrorRecordOfWhatCameBackTooOftenBeforeTheBrokerGivesItUp() throws Exception {
        try (var engine = engine(noting())) {
            var plan = engine.declared(hookMapOut().prefetch("out", 1, 2).build());
            engine.fire(plan, Map.of("n", 1));
            takeBack(plan, FlowTopology.LAST_RETURN);

            engine.workers.open(plan);

            await().atMost(SOON).until(() -> recorder.steps().size() == 1);
            assertThat(recorder.steps().getFirst().failure().name()).isEqualTo("PoisonMessage");
            assertThat(seen).isEmpty();
            await().atMost(SOON)
                    .until(() -> engine.workers
                                    .loads(plan.runId())
                                    .get(plan.entryQueue())
                                    .begun()
                            == 0);
        }
    }

    @Test
    void whatIsNextBeginsInAnotherProcessOnlyWhenWhatIsInWorkHereHasEnded() {
        var goOn = new CountDownLatch(1);
        var begun = new CopyOnWriteArrayList<Object>();
        Step slow = input -> {
            begun.add(((Map<?, ?>) input.message().body()).get("n"));
            awaitLatch(goOn);
            return noting().work(input);
        };
        try (var ending = engine(slow);
                var other = engine(noting())) {
            var plan = ending.run(hookMapOut().prefetch("out", 1, 1).build());
            for (var n = 0; n < 5; n++) {
                ending.fire(plan, Map.of("n", n));
            }
            await("the first").atMost(SOON).until(() -> begun.size() == 1);
            other.workers.open(other.planner.plan(plan.definition(), plan.runId()));

            var end = Thread.startVirtualThread(() -> ending.workers.close(plan.runId()));
            await("none is begun").during(Duration.ofSeconds(1)).atMost(SOON).until(seen::isEmpty);
            goOn.countDown();

            await("all are done").atMost(SOON).until(() -> seen.size() >= 5);
            assertThat(seen).isEqualTo(List.of(0, 1, 2, 3, 4));
            await().atMost(SOON).until(() -> !end.isAlive());
        }
    }

    @Test
    void aRunThatIsSuspendedAndThenStoppedIsHandedBackWhileItsWorkGoesOn() {
        var goOn = new CountDownLatch(1);
        var begun = new CopyOnWriteArrayList<Object>();
        Step slow = input -> {
            begun.add(input.execution());
            awaitLatch(goOn);
            return List.of();
        };
        try (var engine = engine(slow)) {
            var plan = engine.run(hookMapOut().prefetch("out", 1, 1).build());
            for (var n = 0; n < 5; n++) {
                engine.fire(plan, Map.of("n", n));
            }
            await().atMost(SOON)
                    .until(() -> begun.size() == 1 && load(engine, plan).waiting() == 4);
            Thread.startVirtualThread(engine.workers.leave(plan.runId()));

            Thread.startVirtualThread(() -> engine.workers.end(plan.runId()));

            await().atMost(SOON).until(() -> load(engine, plan).equals(new QueueLoad(0, 1, 0)));
            // What a closed channel had comes back to a quorum queue a moment later.
            await().atMost(SOON).until(() -> engine.topology.ready(plan.entryQueue()) == 4);
            goOn.countDown();
        }
    }

    private static QueueLoad load(EngineFixture engine, Plan plan) {
        return load(engine, plan, plan.entryQueue());
    }

    private static QueueLoad load(EngineFixture engine, Plan plan, String queue) {
        return engine.workers.loads(plan.runId()).getOrDefault(queue, QueueLoad.NONE);
    }

    @Test
    void aRunMayBeOpenedAnewAsSoonAsItIsLeft() {
        try (var engine = engine(noting())) {
            var plan = engine.run(hookMapOut().build());

            var rest = engine.workers.leave(plan.runId());
            engine.workers.open(plan);
            rest.run();

            engine.fire(plan, Map.of("n", 1));
            await().atMost(SOON).until(() -> seen.size() == 1);
        }
    }

    @Test
    void whatIsFinishedWhenTheConnectionBreaksIsNotDoneAgain() throws Exception {
        var recorded = new CompletableFuture<Void>();
        var slow = new CollectingRecorder() {
            @Override
            public CompletableFuture<Void> record(DeliveryRecord delivery) {
                super.record(delivery);
                return recorded;
            }
        };
        try (var proxy = new BrokerRelay(EngineFixture.brokerUri());
                var engine =
                        new EngineFixture(TestBuiltin.usualBut("weft/http:request", noting()), slow, proxy.uri())) {
            var plan = engine.run(hookMapOut().prefetch("out", 4, 1).build());
            for (var n = 0; n < 100; n++) {
                engine.fire(plan, Map.of("n", n));
            }
            await("all are done, and none is acknowledged").atMost(SOON).until(() -> slow.deliveries.size() == 100);

            proxy.goAway();
            recorded.complete(null);
            proxy.comeBack();

            // For a while: until the broker misses the old connection its messages are neither ready nor held by
            // anybody.
            await("all are acknowledged")
                    .atMost(SOON.multipliedBy(2))
                    .during(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .until(() -> load(engine, plan).equals(new QueueLoad(1, 0, 0)) && ready(plan) == 0);
            engine.workers.close(plan.runId());
            await("none is left").atMost(SOON).during(Duration.ofMillis(300)).until(() -> ready(plan) == 0);
            assertThat(seen).hasSize(100);
        }
    }

    /** As a stranger sees it: what nobody has taken. */
    private static long ready(Plan plan) throws Exception {
        try (var connection = rawConnection();
                var channel = connection.createChannel()) {
            return channel.messageCount(plan.entryQueue());
        }
    }

    private static void giveUp(Plan plan) throws Exception {
        try (var connection = rawConnection();
                var channel = connection.createChannel()) {
            await().atMost(SOON).until(() -> {
                var message = channel.basicGet(plan.entryQueue(), false);
                if (message != null) {
                    channel.basicReject(message.getEnvelope().getDeliveryTag(), false);
                }
                return message != null;
            });
        }
    }

    private static void takeBack(Plan plan, int times) throws Exception {
        try (var connection = rawConnection();
                var channel = connection.createChannel()) {
            var limit = System.nanoTime() + SOON.multipliedBy(2).toNanos();
            for (var taken = 0; taken < times; ) {
                assertThat(System.nanoTime()).as("%s of %s", taken, times).isLessThan(limit);
                var message = channel.basicGet(plan.entryQueue(), false);
                if (message != null) {
                    taken++;
                    channel.basicReject(message.getEnvelope().getDeliveryTag(), true);
                }
            }
        }
    }

    @Test
    void losesNothingWhenTheBrokerGoesAwayAndComesBack() throws Exception {
        try (var proxy = new BrokerRelay(EngineFixture.brokerUri());
                var engine = new EngineFixture(
                        TestBuiltin.usualBut("weft/http:request", slowly(noting())), recorder, proxy.uri())) {
            var plan = engine.run(hookSplitOut().prefetch("out", 5, 1).build());
            engine.fire(plan, elements(200));
            await().atMost(SOON).until(() -> seen.size() > 20);

            proxy.cut();
            await().atMost(SOON).until(() -> seen.size() > 100);
            proxy.goAway();
            proxy.comeBack();

            await().atMost(SOON).until(() -> new HashSet<>(seen).size() == 200);
            // A step is recorded after it was done.
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(recorder.steps("out").stream()
                                    .map(record -> record.key())
                                    .distinct())
                            .as("what was done twice has the same effect keys")
                            .hasSize(200));
        }
    }

    private static Step slowly(Step step) {
        return input -> {
            awaitLatch(new CountDownLatch(1), 10);
            return step.work(input);
        };
    }

    @Test
    void waitsForAFullQueueWithoutLosing() throws Exception {
        try (var engine = engine(noting());
                var connection = rawConnection()) {
            var plan = engine.planned(hookSplitOut().build());
            var queue = plan.queueOf("out");
            var other = connection.createChannel();
            takeAndKeep(other, queue);
            engine.topology.declare(new Plan(
                    plan.definition(),
                    plan.runId(),
                    plan.steps(),
                    plan.queues().subList(0, 1),
                    plan.entryStep(),
                    plan.errorHandler(),
                    false,
                    false,
                    plan.headers()));
            engine.workers.open(plan);
            for (var n = 0; n < 10; n++) {
                engine.fire(plan, Map.of("xs", List.of(Map.of("n", n))));
            }
            await().atMost(SOON).until(() -> engine.topology.ready(queue) > 0);
            assertThat(seen).isEmpty();

            other.close();

            await().atMost(SOON).until(() -> new HashSet<>(seen).size() == 10);
            await().atMost(SOON).until(() -> engine.topology.ready(plan.entryQueue()) == 0);
        }
    }

    /** A queue with room for one more than the message that somebody else holds. */
    private static void takeAndKeep(Channel channel, String queue) throws Exception {
        channel.queueDeclare(
                queue,
                true,
                false,
                false,
                Map.of(
                        "x-queue-type",
                        "quorum",
                        "x-max-length",
                        1,
                        "x-overflow",
                        "reject-publish",
                        "x-single-active-consumer",
                        true));
        channel.basicQos(1);
        channel.basicConsume(queue, false, (_, _) -> {}, _ -> {});
    }

    private static Connection rawConnection() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(EngineFixture.brokerUri());
        return factory.newConnection();
    }

    @Test
    void givesBackWhatItHasNotBegunWhenARunCloses() {
        var gate = new CountDownLatch(1);
        var begun = new CopyOnWriteArrayList<Object>();
        Step gated = input -> {
            begun.add(((Map<?, ?>) input.message().body()).get("n"));
            awaitLatch(gate);
            return noting().work(input);
        };
        try (var engine = engine(gated)) {
            var plan = engine.run(hookSplitOut().prefetch("out", 1, 1).build());
            var out = plan.queueOf("out");
            engine.fire(plan, elements(10));
            await().atMost(SOON)
                    .until(() -> begun.size() == 1 && load(engine, plan, out).waiting() == 9);

            var closing = Thread.startVirtualThread(() -> engine.workers.close(plan.runId()));
            await("it waits for what is in work")
                    .atMost(SOON)
                    .until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            gate.countDown();

            await().atMost(SOON).until(() -> !closing.isAlive());
            assertThat(begun).containsExactly(0);
            // What a closed channel had comes back to a quorum queue a moment later.
            await().atMost(SOON).until(() -> engine.topology.ready(out) == 9);
            engine.workers.open(plan);
            await().atMost(SOON).until(() -> seen.size() >= 10);
            assertThat(seen)
                    .as("once each, in order")
                    .isEqualTo(IntStream.range(0, 10).boxed().toList());
        }
    }

    @Test
    void tellsTheHandlerInItsOwnQueue() {
        var told = new CopyOnWriteArrayList<Object>();
        var builtins = TestBuiltin.usualBut("weft/mapper:map", input -> {
            throw new StepFailure("Error", "boom");
        });
        builtins.replaceAll(builtin -> builtin.command().equals("weft/code:execute")
                ? TestBuiltin.heavy("weft/code:execute", input -> {
                    told.add(input.message().body());
                    return List.of();
                })
                : builtin);
        try (var engine = new EngineFixture(builtins, recorder)) {
            var plan =
                    engine.run(hookMapOut().handler("care", "weft/code:execute").build());

            var execution = engine.fire(plan, Map.of("n", 1));

            await().atMost(SOON).until(() -> told.size() == 1);
            assertThat(told.getFirst())
                    .isEqualTo(Map.of(
                            "error",
                            Map.of("name", "Error", "message", "boom", "stack", ""),
                            "errorInput",
                            Map.of("body", Map.of("n", 1), "headers", Map.of()),
                            "step_id",
                            "map",
                            "exec_id",
                            execution));
        }
    }

    @Test
    void tellsOfAFlowThatIsFarBehindUntilItIsNot() {
        var told = new CopyOnWriteArrayList<Long>();
        var gate = new CountDownLatch(1);
        Step gated = input -> {
            awaitLatch(gate);
            return List.of();
        };
        try (var engine = engine(gated)) {
            var watch = new BacklogWatch(
                    engine.workers, engine.topology, (_, count) -> told.add(count), engine.room, (_, _) -> {});
            var calm = engine.run(FlowBuilder.aFlow("65a000000000000000000002")
                    .step("hook", "weft/webhook:receive")
                    .step("out", "weft/http:request")
                    .edge("hook", "out")
                    .build());
            engine.fire(calm, Map.of("n", 1));
            watch.look();
            assertThat(told).as("one message is nothing to tell of").isEmpty();

            var plan = engine.run(hookSplitOut().build());
            engine.fire(plan, elements(1500));
            // The broker's count follows what it has confirmed a moment later.
            await().atMost(SOON).until(() -> {
                watch.look();
                return told.contains(1500L);
            });
            // Some may be on their way from the broker, where nobody counts them.
            await("it is told as long as it is behind, though nothing moves")
                    .atMost(SOON)
                    .until(() -> {
                        told.clear();
                        watch.look();
                        watch.look();
                        return told.equals(List.of(1500L, 1500L));
                    });

            gate.countDown();
            await().atMost(SOON).until(() -> {
                watch.look();
                return told.getLast() == 0;
            });
            told.clear();
            watch.look();
            assertThat(told).as("once when it has caught up").isEmpty();
        }
    }

    @Test
    void tellsThatARunHasEnded() {
        var told = new CopyOnWriteArrayList<Long>();
        var gate = new CountDownLatch(1);
        Step gated = input -> {
            awaitLatch(gate);
            return List.of();
        };
        try (var engine = engine(gated)) {
            var watch = new BacklogWatch(
                    engine.workers, engine.topology, (_, count) -> told.add(count), engine.room, (_, _) -> {});
            var plan = engine.run(hookSplitOut().build());
            engine.fire(plan, elements(1500));
            await().atMost(SOON).until(() -> recorder.steps("split").size() == 1);
            // Some may be on their way from the broker, where nobody counts them.
            await().atMost(SOON).until(() -> {
                told.clear();
                watch.look();
                return told.equals(List.of(1500L));
            });
            gate.countDown();

            engine.workers.close(plan.runId());
            watch.look();

            assertThat(told).containsExactly(1500L, 0L);
        }
    }

    @Test
    void hasAsManyConsumersAsReplicasOverAllProcessesAndReplacesThoseOfADeadOne() throws Exception {
        var gate = new CountDownLatch(1);
        var here = new AtomicInteger();
        var there = new AtomicInteger();
        try (var store = EmbeddedStore.inMemory();
                var client = MongoClients.create(store.connectionString());
                var living = replica(client, counting(here, gate));
                var dying = replica(client, counting(there, gate))) {
            var flow = hookSplitOut().prefetch("out", 1, 3).build();
            var plan = dying.run(flow);
            living.workers.open(living.planner.plan(flow, plan.runId()));
            dying.fire(plan, elements(20));
            await().atMost(SOON).until(() -> here.get() + there.get() == 3);
            living.workers.placeConsumers();
            dying.workers.placeConsumers();
            await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> here.get() + there.get() == 3);
            assertThat(there.get()).isPositive();

            dying.consumers.stop();
            living.workers.placeConsumers();
            assertThat(here.get()).as("the dead one's leases have not ended").isLessThan(3);

            clock.advance(Duration.ofSeconds(3));
            await().atMost(SOON).until(() -> {
                living.workers.placeConsumers();
                return here.get() == 3;
            });
            gate.countDown();
            await().atMost(SOON).until(() -> recorder.steps("out").size() >= 20);
        }
    }

    @Test
    void givesAProcessThatComesLaterItsShareOfTheReplicasAndTakesItBack() throws Exception {
        var gate = new CountDownLatch(1);
        var here = new AtomicInteger();
        var there = new AtomicInteger();
        try (var store = EmbeddedStore.inMemory();
                var client = MongoClients.create(store.connectionString());
                var first = replica(client, counting(here, gate));
                var later = replica(client, counting(there, gate))) {
            var flow = hookSplitOut().prefetch("out", 1, 4).build();
            var plan = first.run(flow);
            first.fire(plan, elements(20));
            await().atMost(SOON).until(() -> here.get() == 4);

            later.workers.open(later.planner.plan(flow, plan.runId()));
            for (var round = 0; round < 4; round++) {
                first.workers.placeConsumers();
                later.workers.placeConsumers();
            }
            assertThat(there).as("what is in work ends first").hasValue(0);
            gate.countDown();
            await().atMost(SOON).until(() -> recorder.steps("out").size() >= 20);

            await().atMost(SOON).until(() -> {
                first.workers.placeConsumers();
                later.workers.placeConsumers();
                return slotsByProcess(client).equals(List.of(2L, 2L));
            });

            later.workers.close(plan.runId());
            await().atMost(SOON).until(() -> {
                first.workers.placeConsumers();
                return slotsByProcess(client).equals(List.of(4L));
            });
        }
    }

    /** How many slots each process holds. */
    private static List<Long> slotsByProcess(MongoClient client) {
        var holders = new HashMap<String, Long>();
        for (var lease : client.getDatabase("slots").getCollection("leases").find()) {
            if (lease.getString("_id").contains("#")) {
                holders.merge(lease.getString("holder"), 1L, Long::sum);
            }
        }
        return List.copyOf(holders.values());
    }

    private EngineFixture replica(MongoClient client, Step request) {
        var mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "slots"));
        var slots = new LeasedSlots(new MongoLeaseRepository(mongo, clock), new Ids(), Duration.ofSeconds(2));
        return new EngineFixture(
                TestBuiltin.usualBut("weft/http:request", request), recorder, EngineFixture.brokerUri(), slots);
    }

    /** Waits at the gate, and counts those that do. */
    private static Step counting(AtomicInteger waiting, CountDownLatch gate) {
        return input -> {
            waiting.incrementAndGet();
            awaitLatch(gate);
            waiting.decrementAndGet();
            return List.of(new Outcome.Data(input.message()));
        };
    }

    @Test
    void takesFewLargeMessagesAtATimeAndKeepsTheirOrder() {
        var turns = new Semaphore(0);
        Step slow = input -> {
            turns.acquireUninterruptibly();
            return noting().work(input);
        };
        try (var engine = engine(slow)) {
            var plan = engine.declared(hookMapOut().build());
            var pad = "x".repeat(1024 * 1024);
            for (var n = 0; n < 40; n++) {
                engine.fire(plan, Map.of("n", n, "pad", pad));
            }

            engine.workers.open(plan);

            for (var turn = 1; turn <= 15; turn++) {
                turns.release();
                var done = turn;
                await().atMost(SOON).until(() -> seen.size() == done && held(engine) > 0);
                assertThat(held(engine)).as("after %s", done).isLessThanOrEqualTo(12);
            }
            // The broker's count follows what was acknowledged a moment later.
            await().atMost(SOON).until(() -> engine.topology.ready(plan.entryQueue()) >= 40 - 15 - 12);
            turns.release(1000);
            await().atMost(SOON).until(() -> seen.size() >= 40);
            await().atMost(SOON).until(() -> engine.topology.ready(plan.entryQueue()) == 0);
            assertThat(seen)
                    .as("once each, in order")
                    .isEqualTo(IntStream.range(0, 40).boxed().toList());
        }
    }

    private static long held(EngineFixture engine) {
        return engine.workers.openRuns().stream().mapToLong(OpenRun::held).sum();
    }

    private static double secondsBetween(List<Long> nanos, int index) {
        return (nanos.get(index + 1) - nanos.get(index)) / 1e9;
    }

    private static void awaitLatch(CountDownLatch latch) {
        awaitLatch(latch, 60_000);
    }

    private static void awaitLatch(CountDownLatch latch, long millis) {
        try {
            var _ = latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
