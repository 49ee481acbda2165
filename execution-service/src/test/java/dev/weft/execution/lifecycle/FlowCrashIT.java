package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerRelay;
import dev.weft.common.duty.LeasedWork;
import dev.weft.common.duty.MongoLeaseRepository;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.execution.ExecutionApplication;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.Deployment.Straggler;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.deployment.LateQueues;
import dev.weft.execution.deployment.MongoDeployments;
import dev.weft.execution.deployment.RunHoldings;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.schedule.FlowClock;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.worker.Workers;
import dev.weft.store.EmbeddedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A replica dies in the middle of a start, at each step between what it writes and declares, and another one goes on.
 * The flows here lie in a database of their own, where nobody sweeps: the other one is the test's.
 */
class FlowCrashIT {

    private static final Duration LEASE = Deployments.LEASE;
    private static final RunProperties LIMITS =
            new RunProperties(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));

    private static EmbeddedStore store;
    private static ConfigurableApplicationContext service;
    private static MongoClient client;
    private static MongoTemplate mongo;
    private static FlowTopology dyingTopology;
    private static Connection broker;

    private final MovableClock clock = new MovableClock();
    private final MongoLeaseRepository leases = new MongoLeaseRepository(mongo, clock);
    private final String flow = new Ids().next();
    private Deployments stored;
    private RunKeeper keeper;
    /** Those that a keeper of workers hears of at once. */
    private Deployments runs;

    /** Where the replica dies. */
    private enum Death {
        BEFORE_ITS_QUEUES_ARE_NOTED,
        AFTER_ITS_QUEUES_WERE_NOTED,
        IN_THE_MIDDLE_OF_THE_QUEUES,
        BEFORE_THEY_ARE_NOTED_AS_DECLARED,
        AFTER_THEY_WERE_NOTED_AS_DECLARED,
        BEFORE_IT_IS_NOTED_AS_ACTIVE,
        AFTER_IT_WAS_NOTED_AS_ACTIVE
    }

    /** The end of a process: nothing handles it. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        service = ExecutionApplication.builder()
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.mongodb.uri=" + store.connectionString(),
                        "--weft.master-key=" + Base64.getEncoder().encodeToString(new byte[32]),
                        "--weft.service-secret=a service secret",
                        "--weft.message-password=a message password",
                        "--weft.message-iv=sixteen letters.");
        client = MongoClients.create(store.connectionString());
        mongo = new MongoTemplate(
                new SimpleMongoClientDatabaseFactory(client, "crashes"), service.getBean(MongoConverter.class));
        var connections = service.getBean(BrokerConnections.class);
        dyingTopology = new FlowTopology(connections) {
            @Override
            public void declare(Plan plan) {
                super.declare(new Plan(
                        plan.definition(),
                        plan.runId(),
                        plan.steps(),
                        plan.queues().subList(0, 1),
                        plan.entryStep(),
                        plan.errorHandler(),
                        plan.answers(),
                        plan.answersErrors(),
                        plan.headers()));
                throw new Died();
            }
        };
        dyingTopology.start();
        broker = connections.open("flow-crash-test");
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
        dyingTopology.stop();
        client.close();
        service.close();
        store.close();
    }

    @BeforeEach
    void runs() {
        mongo.dropCollection("leases");
        stored = new MongoDeployments(mongo);
        keeper = new RunKeeper(
                stored,
                service.getBean(Definitions.class),
                service.getBean(Planner.class),
                service.getBean(Workers.class),
                new EngineMetrics(new SimpleMeterRegistry()));
        runs = new TouchedRuns(stored, () -> {}, () -> keeper.keep(flow));
    }

    @ParameterizedTest
    @EnumSource
    void anotherReplicaBringsAStartToItsEnd(Death death) {
        die(death);
        var other = replica(runs, service.getBean(FlowTopology.class));

        other.start(command("flow.start", 1));
        if (death != Death.AFTER_IT_WAS_NOTED_AS_ACTIVE) {
            assertThat(state()).as("the lease of the dead still holds").isEqualTo(State.STARTING);
        }
        clock.advance(LEASE.plusSeconds(1));
        other.start(command("flow.start", 1));

        var run = runs.find(flow).orElseThrow();
        assertThat(run.state()).isEqualTo(State.ACTIVE);
        assertThat(run.draining()).isEmpty();
        assertThat(run.current().id()).isEqualTo(plan().runId());
        assertThat(run.current().queues()).isEqualTo(queues()).allMatch(FlowCrashIT::exists);
        assertThat(toTell()).contains("run.changed", "webhook.door-changed", "flow.state-changed");

        other.stop(command("flow.stop", 2));

        assertThat(state()).isEqualTo(State.INACTIVE);
        assertThat(queues()).noneMatch(FlowCrashIT::exists);
    }

    @ParameterizedTest
    @EnumSource
    void aStopAfterTheCrashLeavesNoQueue(Death death) {
        die(death);
        clock.advance(LEASE.plusSeconds(1));

        replica(runs, service.getBean(FlowTopology.class)).stop(command("flow.stop", 2));

        assertThat(state()).isEqualTo(State.INACTIVE);
        assertThat(queues()).noneMatch(FlowCrashIT::exists);
    }

    @Test
    void aStopAfterACrashInAnUpdateLeavesNoQueue() {
        var one = replica(runs, service.getBean(FlowTopology.class));
        one.start(command("flow.start", 1));
        var before = runs.find(flow).orElseThrow().current().queues();
        assertThatThrownBy(() -> replica(runs, dyingTopology).update(command("flow.update", 2)))
                .isInstanceOf(Died.class);
        var newer = queuesOfFlow();
        assertThat(newer).hasSize(1).noneMatch(before::contains);

        one.stop(command("flow.stop", 3));

        assertThat(state()).isEqualTo(State.INACTIVE);
        assertThat(newer).noneMatch(FlowCrashIT::exists);
        assertThat(before).noneMatch(FlowCrashIT::exists);
    }

    /** What the crashed update can have declared: the first queue of a run that no document names. */
    private List<String> queuesOfFlow() {
        var run = runs.find(flow).orElseThrow();
        var next = run.current().next();
        var id = Ids.sha256("run:" + flow + ":" + next).substring(0, 32);
        var plan = service.getBean(Planner.class)
                .plan(service.getBean(Definitions.class).read(next), id);
        return plan.queues().stream()
                .map(PlannedQueue::name)
                .filter(FlowCrashIT::exists)
                .toList();
    }

    @Test
    void aFlowSuspendedWhileItStartsEndsSuspendedAndGoesOn() {
        die(Death.BEFORE_ITS_QUEUES_ARE_NOTED);
        clock.advance(LEASE.plusSeconds(1));
        var other = replica(runs, service.getBean(FlowTopology.class));

        other.suspend(command("flow.suspend", 2));

        assertThat(state()).isEqualTo(State.SUSPENDED);
        other.start(command("flow.start", 3));
        assertThat(state()).isEqualTo(State.ACTIVE);
        assertThat(queues()).allMatch(FlowCrashIT::exists);
        other.stop(command("flow.stop", 4));
    }

    @Test
    void theQueuesOfAStartThatWasGivenUpGoWhenTheBrokerIsBack() throws IOException {
        die(Death.IN_THE_MIDDLE_OF_THE_QUEUES);
        var begun = queues().getFirst();
        assertThat(exists(begun)).isTrue();
        try (var relay = new BrokerRelay(System.getenv("WEFT_RABBITMQ_URI"))) {
            var away = new FlowTopology(new BrokerConnections(relay.uri()));
            relay.goAway();
            away.start();
            clock.advance(Duration.ofSeconds(61));

            replica(runs, away).start(command("flow.start", 1));

            assertThat(state()).isEqualTo(State.INACTIVE);
            var sweeper = sweeper(away);
            sweeper.endDrainedRuns();
            replica(runs, topology()).start(command("flow.start", 2));
            var run = runs.find(flow).orElseThrow();
            assertThat(run.state()).isEqualTo(State.ACTIVE);
            assertThat(run.consumed()).containsExactly(run.current());
            assertThat(exists(begun)).as("nobody could delete it").isTrue();

            relay.comeBack();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                sweeper.endDrainedRuns();
                return !exists(begun);
            });

            var swept = runs.find(flow).orElseThrow();
            assertThat(swept.draining()).isEmpty();
            assertThat(swept.current().queues()).allMatch(FlowCrashIT::exists);
            away.stop();
        }
        replica(runs, topology()).stop(command("flow.stop", 3));
    }

    private FlowSweeper sweeper(FlowTopology topology) {
        return sweeper(runs, topology);
    }

    private FlowSweeper sweeper(Deployments its, FlowTopology topology) {
        return new FlowSweeper(
                its,
                new FlowCarrier(lifecycle(its, topology, service.getBean(Planner.class))),
                takedown(topology),
                endedRuns(),
                service.getBean(FlowHistory.class),
                service.getBean(DeploymentFacts.class),
                service.getBean(OutboxRelay.class),
                leased(),
                clock);
    }

    private LeasedWork leased() {
        return new LeasedWork(leases, service.getBean(Ids.class));
    }

    private EndedRuns endedRuns() {
        return new EndedRuns(service.getBean(Definitions.class), service.getBean(Planner.class), clock);
    }

    private RunTakedown takedown(FlowTopology topology) {
        return new RunTakedown(
                topology,
                service.getBean(RunHoldings.class),
                service.getBean(FlowHistory.class),
                service.getBean(DroppedMessages.class),
                service.getBean(WaitingCallers.class),
                LIMITS,
                clock);
    }

    @Test
    void aStartBeforeAStopIsCarriedOutLeavesTheOlderQueuesToTheSweeper() {
        replica(runs, topology()).start(command("flow.start", 1));
        var unconnected = new FlowTopology(service.getBean(BrokerConnections.class));
        assertThatThrownBy(() -> replica(runs, unconnected).stop(command("flow.stop", 2)))
                .isInstanceOf(FlowTopology.TopologyException.class);
        assertThat(state()).isEqualTo(State.STOPPING);

        replica(runs, topology()).start(command("flow.start", 3));
        sweeper(topology()).endDrainedRuns();

        assertThat(state()).isEqualTo(State.ACTIVE);
        assertThat(queues()).noneMatch(FlowCrashIT::exists);
        replica(runs, topology()).stop(command("flow.stop", 4));
    }

    /** As a stop cancels them: with what is in work when the queues go, and after a crash of the sweeper. */
    @Test
    void executionsOfARunWhoseStopANewStartHasOvertakenAreCanceledAfterACrashToo() {
        replica(runs, topology()).start(command("flow.start", 1));
        var run = runs.find(flow).orElseThrow().current().id();
        var recorder = service.getBean(Recorder.class);
        var history = service.getBean(FlowHistory.class);
        recorder.record(unfinished(run)).join();
        var unconnected = new FlowTopology(service.getBean(BrokerConnections.class));
        assertThatThrownBy(() -> replica(runs, unconnected).stop(command("flow.stop", 2)))
                .isInstanceOf(FlowTopology.TopologyException.class);
        replica(runs, topology()).start(command("flow.start", 3));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.getBean(Workers.class).loads(run).isEmpty());
        assertThat(history.isRunning(flow, run)).isTrue();

        assertThatThrownBy(
                        () -> sweeper(new DyingRuns(runs, 1, false), topology()).endDrainedRuns())
                .isInstanceOf(Died.class);
        clock.advance(LEASE.plusSeconds(1));
        sweeper(topology()).endDrainedRuns();

        assertThat(history.isRunning(flow, run)).isFalse();
        var deployment = runs.find(flow).orElseThrow();
        assertThat(deployment.state()).isEqualTo(State.ACTIVE);
        assertThat(deployment.draining()).isEmpty();
        assertThat(deployment.stragglers()).extracting(Straggler::run).containsExactly(run);
        recorder.record(unfinished(run)).join();
        sweeper(topology()).cancelStragglers();
        assertThat(history.isRunning(flow, run)).isFalse();
        replica(runs, topology()).stop(command("flow.stop", 4));
    }

    /** Declares the first queue, and the others when it is told to: nothing interrupts it. */
    private static FlowTopology slow(CountDownLatch begun, CompletableFuture<Void> goOn) {
        var slow = new FlowTopology(service.getBean(BrokerConnections.class)) {
            @Override
            public void declare(Plan plan) {
                super.declare(new Plan(
                        plan.definition(),
                        plan.runId(),
                        plan.steps(),
                        plan.queues().subList(0, 1),
                        plan.entryStep(),
                        plan.errorHandler(),
                        plan.answers(),
                        plan.answersErrors(),
                        plan.headers()));
                begun.countDown();
                goOn.join();
                super.declare(plan);
            }
        };
        slow.start();
        return slow;
    }

    @Test
    void aRunThatIsBeingDeclaredIsNotTakenDown() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CompletableFuture<Void>();
        var slow = slow(begun, goOn);
        var declaring = Thread.startVirtualThread(() -> replica(runs, slow).start(command("flow.start", 1)));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        replica(runs, topology()).stop(command("flow.stop", 2));
        replica(runs, topology()).start(command("flow.start", 3, "v3"));
        clock.advance(Duration.ofSeconds(3));

        sweeper(topology()).endDrainedRuns();
        assertThat(exists(queues().getFirst())).isTrue();
        goOn.complete(null);
        declaring.join();

        assertThat(queues())
                .as("no queue goes in the instant of its declaration")
                .allMatch(FlowCrashIT::exists);
        var given = runs.find(flow).orElseThrow().draining();
        assertThat(given).hasSize(1);
        assertThat(given.getFirst().declared()).as("its age counts from there").isNotNull();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            sweeper(topology()).endDrainedRuns();
            return queues().stream().noneMatch(FlowCrashIT::exists);
        });
        replica(runs, topology()).stop(command("flow.stop", 4));
        slow.stop();
    }

    @Test
    void whatIsDeclaredAfterItsRunWasTakenOutOfTheDocumentGoesAllTheSame() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CompletableFuture<Void>();
        var slow = slow(begun, goOn);
        var declaring = Thread.startVirtualThread(() -> replica(runs, slow).start(command("flow.start", 1)));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        // It hangs for longer than its lease.
        clock.advance(LEASE.plusSeconds(1));
        replica(runs, topology()).stop(command("flow.stop", 2));
        assertThat(state()).isEqualTo(State.INACTIVE);
        assertThat(runs.find(flow).orElseThrow().named()).isEmpty();

        goOn.complete(null);
        declaring.join();

        assertThat(queues()).allMatch(FlowCrashIT::exists);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            sweeper(topology()).endDrainedRuns();
            return queues().stream().noneMatch(FlowCrashIT::exists);
        });
        assertThat(runs.find(flow).orElseThrow().draining()).isEmpty();
        slow.stop();
    }

    /** A release that can not make that version ready. */
    private static Planner without(String version) {
        var planner = service.getBean(Planner.class);
        return new Planner(List.of(), service.getBean(Expressions.class)) {
            @Override
            public Plan plan(FlowDefinition definition, String runId) {
                if (definition.version().id().equals(version)) {
                    throw new IllegalArgumentException("There is no weft/http:request here.");
                }
                return planner.plan(definition, runId);
            }
        };
    }

    private void suspendWithACall() throws Exception {
        replica(runs, topology()).start(command("flow.start", 1));
        replica(runs, topology()).suspend(command("flow.suspend", 2));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> topology().depths(queues()).values().stream().allMatch(depth -> depth.consumers() == 0));
        var channel = broker.createChannel();
        channel.confirmSelect();
        channel.basicPublish("", queues().getFirst(), null, new byte[] {1});
        channel.waitForConfirmsOrDie(10_000);
        channel.close();
        keeper = new RunKeeper(
                stored,
                service.getBean(Definitions.class),
                without("v1"),
                service.getBean(Workers.class),
                new EngineMetrics(new SimpleMeterRegistry()));
    }

    @Test
    void whatASuspendedFlowKeepsStaysWhenItsVersionCanNotBePlannedAndTheNewerOneStarts() throws Exception {
        suspendWithACall();

        replica(runs, topology(), without("v1")).start(command("flow.start", 3, "v2"));

        var deployment = runs.find(flow).orElseThrow();
        assertThat(deployment.state()).isEqualTo(State.ACTIVE);
        assertThat(deployment.current().definition()).contains("example.com/3");
        sweeper(topology()).endDrainedRuns();
        clock.advance(Duration.ofMinutes(20));
        sweeper(topology()).endDrainedRuns();
        assertThat(runs.find(flow).orElseThrow().draining())
                .singleElement()
                .matches(kept -> kept.fate() == Fate.SERVED && kept.id().equals(plan().runId()));
        assertThat(topology().ready(queues().getFirst())).isOne();
        assertThat(keeper.unopened()).containsKey(flow);
        replica(runs, topology()).stop(command("flow.stop", 4));
    }

    @Test
    void aSuspendedFlowWhoseVersionCanNotBePlannedStaysStartingUntilThereIsAnother() throws Exception {
        suspendWithACall();

        var replica = replica(runs, topology(), without("v1"));
        assertThatThrownBy(() -> replica.start(command("flow.start", 3))).hasMessageContaining("no weft/http:request");
        clock.advance(Duration.ofMinutes(2));
        assertThatThrownBy(() -> replica.start(command("flow.start", 3))).hasMessageContaining("no weft/http:request");

        assertThat(state()).isEqualTo(State.STARTING);
        assertThat(topology().ready(queues().getFirst())).isOne();
        assertThat(keeper.unopened()).containsKey(flow);
        replica.update(command("flow.update", 4, "v2"));
        assertThat(state()).isEqualTo(State.ACTIVE);
        assertThat(topology().ready(queues().getFirst())).isOne();
        replica(runs, topology()).stop(command("flow.stop", 5));
    }

    private enum Arrival {
        ALL_AT_ONCE,
        EACH_CARRIED_OUT
    }

    @ParameterizedTest
    @EnumSource
    void wishesComeToTheSameInWhateverOrderTheyArrive(Arrival arrival) {
        var wishes = List.of(
                command("flow.start", 1, "v1"),
                command("flow.stop", 2),
                command("flow.start", 3, "v2"),
                ofStart(3, command("flow.update", 4, "v3")),
                ofStart(3, command("flow.suspend", 5)),
                command("flow.start", 6, "v4"),
                ofStart(6, command("flow.update", 7, "v5")));
        var states = List.of("ACTIVE v1", "INACTIVE", "ACTIVE v2", "ACTIVE v3", "SUSPENDED", "ACTIVE v4", "ACTIVE v5");
        for (var last = 1; last <= wishes.size(); last++) {
            // Four overtake each other; what came before has come in order.
            var first = Math.max(0, last - 4);
            for (var order : orders(wishes.subList(first, last))) {
                var replica = new WishedRuns(arrival == Arrival.EACH_CARRIED_OUT);
                wishes.subList(0, first).forEach(replica::hear);
                order.forEach(replica::hear);

                assertThat(replica.settled())
                        .as("%s", order.stream().map(DomainEvent::version).toList())
                        .isEqualTo(states.get(last - 1));
            }
        }
    }

    private static <T> List<List<T>> orders(List<T> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        var orders = new ArrayList<List<T>>();
        for (var first : all) {
            var others = all.stream().filter(other -> other != first).toList();
            for (var rest : orders(others)) {
                var order = new ArrayList<T>(List.of(first));
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    /** As flow-service tells of which start it is. */
    private static DomainEvent ofStart(long start, DomainEvent command) {
        var payload = new HashMap<>(command.payload());
        var about = new HashMap<String, Object>();
        ((Map<?, ?>) payload.get("flow")).forEach((name, value) -> about.put(name.toString(), value));
        about.put("start_wish", start);
        payload.put("flow", about);
        return new DomainEvent(
                command.id(),
                command.type(),
                command.version(),
                command.at(),
                command.tenantId(),
                command.contractId(),
                command.workspaceId(),
                command.subjectId(),
                command.actorId(),
                payload);
    }

    @Test
    void anUpdateStartsNothingThatHasFailedOrOfWhichItDoesNotTellTheStart() {
        var older = new WishedRuns(false);
        older.hear(command("flow.update", 2, "v2"));
        older.hear(command("flow.suspend", 3));
        assertThat(older.settled()).isEqualTo("INACTIVE");

        var failed = new WishedRuns(false);
        failed.hear(command("flow.start", 1));
        failed.save(failed.found.withoutRuns().to(State.INACTIVE, clock.instant()));
        failed.hear(ofStart(1, command("flow.update", 2, "v2")));
        failed.hear(ofStart(1, command("flow.suspend", 3)));
        assertThat(failed.settled()).isEqualTo("INACTIVE");
        assertThat(failed.found.wish()).isEqualTo(3);
    }

    /** One flow, of which wishes are heard and which is brought to them without a broker. */
    private final class WishedRuns extends TouchedRuns {

        private final boolean carriesOut;
        private Deployment found = Deployment.fresh(new Owner(flow, "t", "k", "w"), clock.instant());

        WishedRuns(boolean carriesOut) {
            super(runs, () -> {}, () -> {});
            this.carriesOut = carriesOut;
        }

        @Override
        public Optional<Deployment> find(String flowId) {
            return Optional.of(found);
        }

        @Override
        public boolean save(Deployment run) {
            found = run;
            return true;
        }

        void hear(DomainEvent command) {
            var wishes = new FlowWishes(
                    this,
                    _ -> {},
                    service.getBean(Definitions.class),
                    service.getBean(DeploymentFacts.class),
                    service.getBean(OutboxRelay.class),
                    service.getBean(FlowClock.class),
                    clock);
            switch (command.type()) {
                case "flow.start" -> wishes.start(command);
                case "flow.update" -> wishes.update(command);
                case "flow.stop" -> wishes.stop(command);
                default -> wishes.suspend(command);
            }
            if (carriesOut) {
                carryOut();
            }
        }

        private void carryOut() {
            var now = clock.instant();
            found = switch (found.state()) {
                case STARTING, UPDATING -> {
                    var next = found.current().next();
                    var carried = next == null
                            ? found.with(found.current().named(List.of("a queue"), List.of()))
                            : found.withoutRuns()
                                    .alsoInForce(DeploymentRun.fresh(new Ids().nextHex32(), flow, next, now)
                                            .named(List.of("another queue"), List.of()));
                    yield carried.to(State.ACTIVE, now);
                }
                case STOPPING -> found.withoutRuns().to(State.INACTIVE, now);
                case SUSPENDING -> found.to(State.SUSPENDED, now);
                default -> found;
            };
        }

        String settled() {
            carryOut();
            return found.state()
                    + (found.state() == State.ACTIVE
                            ? " "
                                    + service.getBean(Definitions.class)
                                            .read(found.current().definition())
                                            .version()
                                            .id()
                            : "");
        }
    }

    /** Gateways may remember that there is no such flow: they hear of it before a step of the start is carried out. */
    @Test
    void aStartIsToldToTheDoorsWithItsWish() {
        var told = new ArrayList<String>();
        var noting = new TouchedRuns(runs, () -> {}, () -> {}) {
            @Override
            public boolean save(Deployment run) {
                run.outbox().forEach(message -> told.add(message.key()));
                return super.save(run);
            }
        };

        new FlowWishes(
                        noting,
                        _ -> {},
                        service.getBean(Definitions.class),
                        service.getBean(DeploymentFacts.class),
                        service.getBean(OutboxRelay.class),
                        service.getBean(FlowClock.class),
                        clock)
                .start(command("flow.start", 1));

        assertThat(told).contains(Fact.WEBHOOK_DOOR_CHANGED.wire(), Fact.FLOW_STATE_CHANGED.wire());
    }

    @Test
    void aFlowIsActiveWhenSomebodyTakesFromItsQueuesAndNotBefore() {
        replica(stored, topology()).start(command("flow.start", 1));

        assertThat(queues()).allMatch(FlowCrashIT::exists);
        assertThat(state()).as("nobody takes from them").isEqualTo(State.STARTING);

        keeper.keep(flow);
        replica(stored, topology()).start(command("flow.start", 1));
        assertThat(state()).isEqualTo(State.ACTIVE);
        replica(runs, topology()).stop(command("flow.stop", 2));
    }

    @Test
    void aFlowWhoseQueuesNobodyTakesFromIsGivenUp() {
        replica(stored, topology()).start(command("flow.start", 1));
        clock.advance(Duration.ofSeconds(61));

        replica(stored, topology()).start(command("flow.start", 1));

        assertThat(state()).isEqualTo(State.INACTIVE);
        sweeper(topology()).endDrainedRuns();
        assertThat(queues()).noneMatch(FlowCrashIT::exists);
    }

    /** What is queued of a suspended flow is kept, however long the broker lets nobody take it. */
    @Test
    void aFlowThatWasSuspendedIsNotGivenUpWhenItCanNotGoOn() {
        replica(runs, topology()).start(command("flow.start", 1));
        replica(runs, topology()).suspend(command("flow.suspend", 2));
        assertThat(state()).isEqualTo(State.SUSPENDED);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> topology().depths(queues()).values().stream().allMatch(depth -> depth.consumers() == 0));

        // Nobody takes from its queues here.
        replica(stored, topology()).start(command("flow.start", 3));
        clock.advance(Duration.ofMinutes(10));
        replica(stored, topology()).start(command("flow.start", 3));

        assertThat(state()).isEqualTo(State.STARTING);
        assertThat(runs.find(flow).orElseThrow().draining()).isEmpty();
        assertThat(queues()).allMatch(FlowCrashIT::exists);
        replica(runs, topology()).start(command("flow.start", 3));
        assertThat(state()).isEqualTo(State.ACTIVE);
        replica(runs, topology()).stop(command("flow.stop", 4));
    }

    @Test
    void whoIsLateWithAnUpdateDeletesNothingOfWhoWasFaster() {
        replica(runs, topology()).start(command("flow.start", 1));
        var saves = new AtomicInteger();
        // It hangs for longer than its lease, right before it puts the new version in force.
        var hanging = new TouchedRuns(
                runs,
                () -> {
                    if (saves.incrementAndGet() == 4) {
                        clock.advance(LEASE.plusSeconds(1));
                        replica(runs, topology()).update(command("flow.update", 2));
                    }
                },
                () -> {});

        replica(hanging, topology()).update(command("flow.update", 2));

        var run = runs.find(flow).orElseThrow();
        assertThat(saves).hasValueGreaterThanOrEqualTo(4);
        assertThat(run.state()).isEqualTo(State.ACTIVE);
        assertThat(run.draining()).hasSize(1);
        assertThat(run.current().queues()).isNotEmpty().allMatch(FlowCrashIT::exists);
        replica(runs, topology()).stop(command("flow.stop", 3));
    }

    @Test
    void aVersionThatIsOvertakenBeforeItIsInForceLeavesNoQueue() {
        replica(runs, topology()).start(command("flow.start", 1));
        assertThatThrownBy(() -> replica(runs, dyingTopology).update(command("flow.update", 2)))
                .isInstanceOf(Died.class);
        var begun = queuesOfFlow();
        assertThat(begun).hasSize(1);

        replica(runs, topology()).update(command("flow.update", 3));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            sweeper(topology()).endDrainedRuns();
            return begun.stream().noneMatch(FlowCrashIT::exists);
        });

        var run = runs.find(flow).orElseThrow();
        assertThat(run.state()).isEqualTo(State.ACTIVE);
        assertThat(run.current().definition()).contains("example.com/3");
        assertThat(run.current().queues()).allMatch(FlowCrashIT::exists);
        replica(runs, topology()).stop(command("flow.stop", 4));
    }

    @Test
    void whatWasInWorkAtAStopIsCanceledForAsLongAsItMayTake() {
        replica(runs, topology()).start(command("flow.start", 1));
        var run = runs.find(flow).orElseThrow().current().id();
        replica(runs, topology()).stop(command("flow.stop", 2));
        assertThat(runs.find(flow).orElseThrow().stragglers()).hasSize(1);

        clock.advance(Duration.ofMinutes(10));
        var history = service.getBean(FlowHistory.class);
        service.getBean(Recorder.class).record(unfinished(run)).join();
        assertThat(history.isRunning(flow, run)).isTrue();
        sweeper(topology()).cancelStragglers();

        assertThat(history.isRunning(flow, run)).isFalse();
        clock.advance(Duration.ofMinutes(60));
        sweeper(topology()).cancelStragglers();
        assertThat(runs.find(flow).orElseThrow().stragglers()).isEmpty();
    }

    /** A delivery whose message to the next step is not known to be done. */
    private DeliveryRecord unfinished(String run) {
        var key = new Ids().nextHex32();
        var step = new StepRecord(
                key,
                "hook",
                key,
                null,
                1,
                StepRecord.Status.COMPLETED,
                1,
                0,
                null,
                null,
                false,
                List.of(new Ids().nextHex32()),
                null);
        return new DeliveryRecord(
                new Ids().nextExecution(), flow, "v", run, "w", "t", "u", "webhook", 1, List.of(step), List.of());
    }

    /** Takes the command, and dies there; a process that dies gives no lease back. */
    private void die(Death death) {
        var dying = switch (death) {
            case BEFORE_ITS_QUEUES_ARE_NOTED -> replica(new DyingRuns(runs, 2, false), topology());
            case AFTER_ITS_QUEUES_WERE_NOTED -> replica(new DyingRuns(runs, 2, true), topology());
            case IN_THE_MIDDLE_OF_THE_QUEUES -> replica(runs, dyingTopology);
            case BEFORE_THEY_ARE_NOTED_AS_DECLARED -> replica(new DyingRuns(runs, 3, false), topology());
            case AFTER_THEY_WERE_NOTED_AS_DECLARED -> replica(new DyingRuns(runs, 3, true), topology());
            case BEFORE_IT_IS_NOTED_AS_ACTIVE -> replica(new DyingRuns(runs, 4, false), topology());
            case AFTER_IT_WAS_NOTED_AS_ACTIVE -> replica(new DyingRuns(runs, 4, true), topology());
        };
        assertThatThrownBy(() -> dying.start(command("flow.start", 1))).isInstanceOf(Died.class);
        assertThat(leases.take("flow:" + flow, "the dead", LEASE)).isTrue();
    }

    private static FlowTopology topology() {
        return service.getBean(FlowTopology.class);
    }

    /** Its wishes are carried out before it returns. */
    private FlowWishes replica(Deployments its, FlowTopology topology) {
        return replica(its, topology, service.getBean(Planner.class));
    }

    private FlowWishes replica(Deployments its, FlowTopology topology, Planner planner) {
        var facts = service.getBean(DeploymentFacts.class);
        var relay = service.getBean(OutboxRelay.class);
        var definitions = service.getBean(Definitions.class);
        var flowClock = service.getBean(FlowClock.class);
        return new FlowWishes(
                its, lifecycle(its, topology, planner)::carryOut, definitions, facts, relay, flowClock, clock);
    }

    private FlowLifecycle lifecycle(Deployments its, FlowTopology topology, Planner planner) {
        return new FlowLifecycle(
                its,
                planner,
                topology,
                new LateQueues(its, clock),
                takedown(topology),
                endedRuns(),
                service.getBean(Definitions.class),
                service.getBean(DeploymentFacts.class),
                service.getBean(FlowHistory.class),
                service.getBean(FlowClock.class),
                service.getBean(OutboxRelay.class),
                leased(),
                LIMITS,
                clock);
    }

    private DomainEvent command(String type, long wish) {
        return command(type, wish, "v1");
    }

    private DomainEvent command(String type, long wish, String version) {
        var definition = FlowBuilder.aFlow(flow)
                .version(version)
                .step("hook", "weft/webhook:receive")
                .step("call", "weft/http:request", Map.of("method", "POST", "url", "http://example.com/" + wish))
                .step("again", "weft/http:request", Map.of("method", "POST", "url", "http://example.com/again"))
                .edge("hook", "call")
                .edge("call", "again")
                .build();
        Map<String, Object> payload = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .convertValue(definition, new TypeReference<>() {});
        return new DomainEvent("event-" + wish, type, wish, clock.instant(), "t", "k", "w", flow, null, payload);
    }

    /** The run of the first wish. */
    private Plan plan() {
        var definitions = service.getBean(Definitions.class);
        var id = Ids.sha256("run:" + flow + ":1").substring(0, 32);
        var payload = definitions.write(command("flow.start", 1).payload());
        return service.getBean(Planner.class).plan(definitions.read(payload), id);
    }

    private List<String> queues() {
        var names = plan().queues().stream().map(PlannedQueue::name).toList();
        assertThat(names).hasSizeGreaterThan(1);
        return names;
    }

    private State state() {
        return runs.find(flow).orElseThrow().state();
    }

    private List<String> toTell() {
        return mongo.findById(flow, Document.class, Deployments.COLLECTION).getList("outbox", Document.class).stream()
                .map(waiting -> waiting.getString("key"))
                .toList();
    }

    private static boolean exists(String queue) {
        try {
            var channel = broker.createChannel();
            channel.queueDeclarePassive(queue);
            channel.close();
            return true;
        } catch (IOException e) {
            return false;
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Time that goes on faster when the test says so. */
    private static final class MovableClock extends Clock {

        private final long begun = System.nanoTime();
        private Instant start = Instant.parse("2026-03-27T15:39:02Z");

        void advance(Duration by) {
            start = start.plus(by);
        }

        @Override
        public Instant instant() {
            return start.plusNanos(System.nanoTime() - begun).truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Dies at its n-th save, before or after it is done. */
    private static final class DyingRuns extends TouchedRuns {

        DyingRuns(Deployments runs, int save, boolean afterwards) {
            this(runs, new AtomicInteger(save), afterwards);
        }

        private DyingRuns(Deployments runs, AtomicInteger left, boolean afterwards) {
            super(
                    runs,
                    () -> {
                        if (left.decrementAndGet() == 0 && !afterwards) {
                            throw new Died();
                        }
                    },
                    () -> {
                        if (left.get() == 0) {
                            throw new Died();
                        }
                    });
        }
    }

    /** Something happens before and after each save. */
    static class TouchedRuns implements Deployments {

        private final Deployments runs;
        private final Runnable before;
        private final Runnable after;

        TouchedRuns(Deployments runs, Runnable before, Runnable after) {
            this.runs = runs;
            this.before = before;
            this.after = after;
        }

        @Override
        public boolean save(Deployment run) {
            before.run();
            var saved = runs.save(run);
            after.run();
            return saved;
        }

        @Override
        public Optional<Deployment> find(String flowId) {
            return runs.find(flowId);
        }

        @Override
        public void forgetDeleted(Instant before) {
            runs.forgetDeleted(before);
        }

        @Override
        public List<String> open() {
            return runs.open();
        }

        @Override
        public List<String> pending(Instant before, int most) {
            return runs.pending(before, most);
        }

        @Override
        public List<String> withDrainingRuns() {
            return runs.withDrainingRuns();
        }

        @Override
        public List<String> withStragglers() {
            return runs.withStragglers();
        }

        @Override
        public List<String> withLostQueues() {
            return runs.withLostQueues();
        }

        @Override
        public List<String> due(Instant now, int limit) {
            return runs.due(now, limit);
        }

        @Override
        public List<String> using(String credentialId) {
            return runs.using(credentialId);
        }
    }
}
