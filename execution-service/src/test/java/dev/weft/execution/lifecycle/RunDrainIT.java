package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.common.event.Command;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.execution.StartedService;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.deployment.RunHoldings;
import dev.weft.execution.deployment.RunningFlows;
import dev.weft.execution.loss.LostExecutions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a run that is replaced while it has work, with two processes and a sweep that never rests. */
class RunDrainIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    /** By the flow that makes them: one of the test before may still be on its way. */
    private static final Map<String, AtomicInteger> CALLS = new ConcurrentHashMap<>();

    private static volatile CountDownLatch gate = new CountDownLatch(0);
    private static volatile int refusals;
    private static EmbeddedStore store;
    private static HttpServer called;
    private static List<ConfigurableApplicationContext> replicas;

    private final String flowId = new Ids().next();
    private final AtomicInteger calls = new AtomicInteger();
    private long wish;

    @BeforeAll
    static void start() throws IOException {
        store = EmbeddedStore.inMemory();
        called = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        called.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        called.createContext("/", RunDrainIT::answer);
        called.start();
        replicas = List.of(replica(), replica());
    }

    private static ConfigurableApplicationContext replica() {
        return StartedService.over(
                store, "--weft.run.shortest-drain=0s", "--weft.loss.after=1s", "--weft.rebound.first=2s");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        CALLS.get(exchange.getRequestURI().getPath()).incrementAndGet();
        try {
            // A server that takes its time, so that one by one there is always a moment without an execution.
            var _ = gate.await(1, TimeUnit.MINUTES);
            var _ = new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (refusals > 0) {
            refusals = 0;
            // Longer than a worker waits in place.
            exchange.getResponseHeaders().set("Retry-After", "6");
            exchange.sendResponseHeaders(503, -1);
        } else {
            exchange.sendResponseHeaders(204, -1);
        }
        exchange.close();
    }

    @AfterAll
    static void stop() {
        replicas.forEach(ConfigurableApplicationContext::close);
        called.stop(0);
        store.close();
    }

    @BeforeEach
    void begin() {
        CALLS.put("/" + flowId, calls);
        refusals = 0;
        gate = new CountDownLatch(0);
    }

    @AfterEach
    void end() {
        gate.countDown();
        wishes().delete(command(Command.FLOW_DELETE, Map.of()));
    }

    @Test
    void nothingThatAWorkerHoldsIsLostWhenANewVersionComes() {
        startFlow();
        var old = plan();
        for (var n = 0; n < 20; n++) {
            fire(old, n);
        }
        await().atMost(SOON).until(() -> topology().ready(old.entryQueue()) == 0);

        update("other");

        sweepUntil(() -> isGone(old));
        assertThat(calls).as("each is worked on").hasValue(20);
        assertThat(run().draining()).isEmpty();
    }

    @Test
    void aRunIsKeptWhileAProcessDoesNotAnswer() {
        startFlow();
        var old = plan();
        var silent = replicas.getLast().getBean("loadQuestions", InstanceSubscription.class);
        silent.stop();
        var holdings = replicas.getFirst().getBean(RunHoldings.class);
        await().atMost(SOON).until(() -> holdings.of(run(), old.runId()).isEmpty());
        try {
            update("other");
            sweepFor(Duration.ofSeconds(6));
            assertThat(isGone(old)).isFalse();
            assertThat(run().draining()).hasSize(1);
            assertThat(holdings.holding(run(), Set.of("e"))).isEmpty();
        } finally {
            restart(1);
        }
        sweepUntil(() -> isGone(old));
    }

    /** A subscription that was stopped is stopped for good. */
    private static void restart(int place) {
        replicas.get(place).close();
        replicas = List.of(replicas.getFirst(), replica());
    }

    @Test
    void aRunIsKeptWhileOneOfItsMessagesWaitsToComeAgain() {
        refusals = 1;
        startFlow();
        var old = plan();
        fire(old, 1);
        await().atMost(SOON).until(() -> calls.get() == 1);

        update("other");

        sweepUntil(() -> isGone(old));
        assertThat(calls).as("it came again").hasValue(2);
    }

    @Test
    void whatComesToARunThatSeemedToBeAtItsEndIsDone() {
        startFlow();
        var old = plan();
        update("other");
        sweepUntil(() -> run().draining().stream().anyMatch(run -> run.fate() == Fate.ENDING));

        // A gateway that still knows the door.
        fire(old, 1);

        sweepUntil(() -> isGone(old));
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatComesBackAfterItsRunHasEndedIsAnErrorOfTheVersionInForce() {
        startFlow();
        var old = plan();
        update("other");
        sweepUntil(() -> isGone(old));

        var late = kickOff(old, 1);
        publish(FlowFrame.to(FlowNames.DEAD_LETTERS, late.headers(), late.body()));

        var errors = replicas.getFirst().getBean(MongoTemplate.class).getCollection("error_inputs");
        await().atMost(SOON).until(() -> errors.countDocuments(new Document("f", flowId)) == 1);
        assertThat(calls).hasValue(0);
    }

    @Test
    void aSuspendedFlowKeepsWhatIsQueuedInAllItsRuns() {
        gate = new CountDownLatch(1);
        startFlow();
        var old = plan();
        for (var n = 0; n < 4; n++) {
            fire(old, n);
        }
        await().atMost(SOON).until(() -> calls.get() == 1);
        update("other");
        var newer = plan();
        fire(newer, 4);

        wishes().suspend(command(Command.FLOW_SUSPEND, Map.of()));
        await().atMost(SOON).until(() -> run().state() == State.SUSPENDED);
        gate.countDown();
        sweepFor(Duration.ofSeconds(3));
        assertThat(isGone(old)).isFalse();

        wishes().start(command(Command.FLOW_START, definition("third")));
        await().atMost(SOON).until(() -> run().state() == State.ACTIVE);
        update("third");
        sweepUntil(() -> isGone(old) && isGone(newer));
        assertThat(calls).hasValueGreaterThanOrEqualTo(5);
    }

    @Test
    void aFlowThatIsStoppedAndStartedAtOnceWorks() {
        for (var n = 0; n < 5; n++) {
            wishes().start(command(Command.FLOW_START, definition("out")));
            wishes().stop(command(Command.FLOW_STOP, Map.of()));
        }
        startFlow();
        fire(plan(), 1);

        await().atMost(SOON).until(() -> calls.get() == 1);
        sweepUntil(() -> run().draining().isEmpty());
    }

    @Test
    void queuesThatTheBrokerHasLostAreDeclaredAgainWhileTheirFlowRuns() {
        startFlow();
        var lost = plan();
        fire(lost, 1);
        await().atMost(SOON).until(() -> calls.get() == 1);

        topology().delete(lost.queueNames());

        await().atMost(SOON).until(() -> !isGone(lost));
        fire(lost, 2);
        await().atMost(SOON).until(() -> calls.get() == 2);
        assertThat(run().state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void executionsWhoseMessagesWereLostWithTheirQueueEndAsErrorsAndThoseThatLiveGoOn() {
        gate = new CountDownLatch(1);
        startTwoQueues();
        var old = plan();
        for (var n = 0; n < 3; n++) {
            fire(old, n);
        }
        await().atMost(SOON).until(() -> statuses().size() == 3 && calls.get() == 1);

        topology().delete(List.of(old.queueOf("out")));

        lookUntil(() -> Collections.frequency(statuses(), "failed") == 2);
        lookFor(Duration.ofSeconds(3));
        assertThat(statuses())
                .as("what is in work is ended by nobody")
                .containsExactlyInAnyOrder("failed", "failed", "running");
        assertThat(errors()).hasSize(2).allSatisfy(error -> {
            assertThat(error.getString("name")).isEqualTo("MessageLost");
            assertThat(error.getString("s")).isEqualTo("out");
        });
        var inputs = replicas.getFirst().getBean(MongoTemplate.class).getCollection("error_inputs");
        assertThat(inputs.countDocuments(new Document("f", flowId).append("frame", new Document("$exists", true))))
                .as("nothing is left that could be sent again")
                .isZero();

        gate.countDown();
        await().atMost(SOON).until(() -> statuses().contains("completed"));
        update("other");
        sweepUntil(() -> isGone(old));
    }

    @Test
    void nothingIsEndedThatWaitsInItsQueueForLong() {
        gate = new CountDownLatch(1);
        startTwoQueues();
        var plan = plan();
        // More than a worker takes ahead.
        for (var n = 0; n < 420; n++) {
            fire(plan, n);
        }
        await().atMost(SOON).until(() -> statuses().size() == 420 && calls.get() >= 1);
        await().atMost(SOON).until(() -> topology().ready(plan.queueOf("out")) > 0);
        var runs = replicas.getFirst().getBean(Deployments.class);
        await().atMost(SOON).until(() -> {
            var flow = run();
            return runs.save(flow.with(flow.current().losing(plan.queueNames(), Instant.now())));
        });

        lookFor(Duration.ofSeconds(4));

        assertThat(statuses()).containsOnly("running");
        assertThat(run().current().loss()).as("they may miss something still").isNotNull();
    }

    @Test
    void aLossIsForgottenWhenNothingIsMissedAnyMore() {
        startFlow();
        topology().delete(plan().queueNames());
        await().atMost(SOON).until(() -> run().current().loss() != null);

        lookUntil(() -> run().current().loss() == null);
    }

    private void startTwoQueues() {
        var url = "http://127.0.0.1:" + called.getAddress().getPort() + "/" + flowId;
        var flow = FlowBuilder.aFlow(flowId)
                .step("trigger", "weft/webhook:receive")
                .step("note", "weft/log:log", Map.of("message", "'x'"))
                .step("out", "weft/http:request", Map.of("method", "POST", "url", url))
                .edge("trigger", "note")
                .edge("trigger", "out")
                .build();
        wishes().start(command(Command.FLOW_START, payload(flow)));
        await().atMost(SOON).until(() -> run().state() == State.ACTIVE);
    }

    private List<String> statuses() {
        return executions().stream().map(execution -> execution.getString("s")).toList();
    }

    private List<Document> errors() {
        return executions().stream()
                .flatMap(execution -> execution.getList("errors", Document.class, List.of()).stream())
                .toList();
    }

    private List<Document> executions() {
        var all = replicas.getFirst().getBean(MongoTemplate.class).getCollection("executions");
        return all.find(new Document("f", flowId)).into(new ArrayList<>());
    }

    private static void lookUntil(Callable<Boolean> end) {
        await().atMost(SOON)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    replicas.getFirst().getBean(LostExecutions.class).look();
                    return end.call();
                });
    }

    private static void lookFor(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        lookUntil(() -> System.nanoTime() > until);
    }

    private void sweepUntil(Callable<Boolean> end) {
        await().atMost(SOON)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    replicas.getFirst().getBean(FlowSweeper.class).endDrainedRuns();
                    return end.call();
                });
    }

    private void sweepFor(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        sweepUntil(() -> System.nanoTime() > until);
    }

    private void startFlow() {
        wishes().start(command(Command.FLOW_START, definition("out")));
        await().atMost(SOON).until(() -> run().state() == State.ACTIVE);
    }

    private void update(String step) {
        wishes().update(command(Command.FLOW_UPDATE, definition(step)));
        await().atMost(SOON).until(() -> plan().find(step).isPresent());
    }

    private static FlowWishes wishes() {
        return replicas.getFirst().getBean(FlowWishes.class);
    }

    private static FlowTopology topology() {
        return replicas.getFirst().getBean(FlowTopology.class);
    }

    private DomainEvent command(Command command, Map<String, Object> payload) {
        wish++;
        return new DomainEvent(
                "c" + wish, command.wire(), wish, Instant.EPOCH, "t1", "k1", "w1", flowId, null, payload);
    }

    private Map<String, Object> definition(String step) {
        var url = "http://127.0.0.1:" + called.getAddress().getPort() + "/" + flowId;
        var definition = FlowBuilder.aFlow(flowId)
                .step("trigger", "weft/webhook:receive")
                .step(step, "weft/http:request", Map.of("method", "POST", "url", url))
                .edge("trigger", step)
                .build();
        return payload(definition);
    }

    private static Map<String, Object> payload(FlowDefinition definition) {
        return replicas.getFirst()
                .getBean(JsonMapper.class)
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .convertValue(definition, new TypeReference<>() {});
    }

    private Deployment run() {
        return replicas.getFirst().getBean(Deployments.class).find(flowId).orElseThrow();
    }

    private Plan plan() {
        return replicas.getFirst().getBean(RunningFlows.class).plan(flowId).orElseThrow();
    }

    private static boolean isGone(Plan plan) {
        return topology().depths(plan.queueNames()).isEmpty();
    }

    private static void fire(Plan plan, int n) {
        publish(kickOff(plan, n));
    }

    private static FlowFrame kickOff(Plan plan, int n) {
        var service = replicas.getFirst();
        var id = service.getBean(Ids.class).nextExecution();
        return service.getBean(KickOffs.class).fire(plan, id, "webhook", id, StepMessage.of(Map.of("n", n)));
    }

    private static void publish(FlowFrame frame) {
        replicas.getFirst().getBean(FlowPublisher.class).publishAndWait(frame);
    }
}
