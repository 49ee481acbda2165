package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.weft.common.event.Command;
import dev.weft.common.event.CommandReference;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowMessageRoute;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.service.PlayedNeighbours;
import dev.weft.execution.HeardEnds;
import dev.weft.execution.StartedService;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.deployment.RunningFlows;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.worker.Workers;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What the commands of flow-service come to, over a broker and a store; the flows call a server that may wait. */
class FlowCommandsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final AtomicInteger calls = new AtomicInteger();
    private static volatile CountDownLatch gate = new CountDownLatch(0);
    private static EmbeddedStore store;
    private static HttpServer called;
    private static PlayedNeighbours others;
    private static ConfigurableApplicationContext service;

    private final String flowId = new Ids().next();
    private long wish;

    @BeforeAll
    static void start() throws IOException {
        store = EmbeddedStore.inMemory();
        called = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        called.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        called.createContext("/", exchange -> {
            calls.incrementAndGet();
            awaitGate();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        called.start();
        others = new PlayedNeighbours();
        service = StartedService.over(
                store, "--weft.services.identity=" + others.url(), "--weft.services.flow=" + others.url());
    }

    private static void awaitGate() {
        try {
            var _ = gate.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void stop() {
        service.close();
        called.stop(0);
        others.close();
        store.close();
    }

    @BeforeEach
    void begin() {
        calls.set(0);
        gate = new CountDownLatch(0);
    }

    @AfterEach
    void end() {
        gate.countDown();
        wishes().delete(command(Command.FLOW_DELETE, ++wish, Map.of()));
    }

    private static FlowWishes wishes() {
        return service.getBean(FlowWishes.class);
    }

    private DomainEvent command(Command command, long version, Map<String, Object> payload) {
        return new DomainEvent(
                "c" + version, command.wire(), version, Instant.EPOCH, "t1", "k1", "w1", flowId, null, payload);
    }

    private Map<String, Object> definition(String trigger, String step, Map<String, Object> fields) {
        return definition(trigger, step, fields, "weft/http:request");
    }

    private Map<String, Object> definition(String trigger, String step, Map<String, Object> fields, String command) {
        var url = "http://127.0.0.1:" + called.getAddress().getPort() + "/";
        var definition = FlowBuilder.aFlow(flowId)
                .step("trigger", trigger, fields)
                .step(step, command, Map.of("method", "POST", "url", url))
                .edge("trigger", step)
                .build();
        var json = service.getBean(JsonMapper.class)
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        var text = json.writeValueAsString(definition).replace("\"polling\":null", "\"polling\":true");
        return json.readValue(text, new TypeReference<>() {});
    }

    private void start(String trigger, Map<String, Object> fields) {
        wishes().start(command(Command.FLOW_START, ++wish, definition(trigger, "out", fields)));
        await().atMost(SOON).until(() -> run().state() == State.ACTIVE);
    }

    @Test
    void aCommandOfWhichOnlyAReferenceHasComeIsAskedOfFlowServiceUnlessItIsOver() {
        var json = service.getBean(JsonMapper.class);
        var told = service.getBean(Outbox.class)
                .command(
                        Command.FLOW_START,
                        3,
                        new Outbox.Place("t1", "k1", "w1"),
                        flowId,
                        null,
                        definition("weft/webhook:receive", "out", Map.of()));
        var whole = json.readValue(told.body(), DomainEvent.class);
        var reference =
                json.readValue(CommandReference.to(told.body().getBytes(StandardCharsets.UTF_8)), DomainEvent.class);
        var commands = service.getBean(RemoteFlowCommands.class);

        assertThat(reference.payload()).containsOnlyKeys("by_reference");
        assertThat(commands.whole(reference)).isEmpty();

        var path = "/internal/flows/" + flowId + "/commands/3";
        others.serve(path, exchange -> PlayedNeighbours.answer(exchange, told.body()));
        assertThat(commands.whole(reference)).contains(whole);
        assertThat(commands.whole(whole)).containsSame(whole);
    }

    private void stopByCommand() {
        service.getBean(ConfirmedPublisher.class)
                .publish(service.getBean(Outbox.class)
                        .command(
                                Command.FLOW_STOP, ++wish, new Outbox.Place("t1", "k1", "w1"), flowId, null, Map.of()));
        await().atMost(SOON).until(() -> run().state() == State.INACTIVE);
    }

    private Deployment run() {
        return service.getBean(Deployments.class).find(flowId).orElseThrow();
    }

    private Plan plan() {
        return service.getBean(RunningFlows.class).plan(flowId).orElseThrow();
    }

    @Test
    void aCommandToRunNowThatComesTwiceFiresOnce() {
        start("weft/timer:timer", Map.of("interval", "day"));
        var execution = EffectKey.kickOff(flowId, "manual:7").substring(0, 32);
        wishes().runNow(command(Command.FLOW_RUN_NOW, 7, Map.of()));
        await().atMost(SOON).until(() -> service.getBean(Recorder.class).isKnown(execution));
        await().atMost(SOON).until(() -> calls.get() == 1);

        wishes().runNow(command(Command.FLOW_RUN_NOW, 7, Map.of()));
        wishes().runNow(command(Command.FLOW_RUN_NOW, 8, Map.of()));

        await().atMost(SOON).until(() -> calls.get() == 2);
        await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> calls.get() == 2);
    }

    @Test
    void aCommandToRunNowComesAgainUntilTheFlowIsOpenUnlessANewerWishHasEndedIt() {
        var early = command(Command.FLOW_RUN_NOW, 2, Map.of());
        assertThatThrownBy(() -> wishes().runNow(early)).isInstanceOf(IllegalStateException.class);

        start("weft/timer:timer", Map.of("interval", "day"));
        wishes().runNow(early);
        await().atMost(SOON).until(() -> calls.get() == 1);

        wish = 3;
        wishes().stop(command(Command.FLOW_STOP, wish, Map.of()));
        wishes().runNow(early);
        await().atMost(SOON).until(() -> run().state() == State.INACTIVE);
    }

    @Test
    void aCommandToRunNowIsOverWhenTheFlowWasStoppedAndStartedAgainMeanwhile() {
        wish = 4;
        var timer = Map.<String, Object>of("interval", "day");
        wishes().start(command(Command.FLOW_START, ++wish, definition("weft/timer:timer", "out", timer)));
        var late = command(Command.FLOW_RUN_NOW, ++wish, Map.of());
        stopByCommand();
        start("weft/timer:timer", timer);
        assertThat(run().wish()).isEqualTo(8);

        wishes().runNow(late);

        // A later one marks the end of what the late one could have come to.
        wishes().runNow(command(Command.FLOW_RUN_NOW, ++wish, Map.of()));
        await().atMost(SOON).until(() -> calls.get() > 0);
        var recorder = service.getBean(Recorder.class);
        await().atMost(SOON).until(() -> recorder.isKnown(firing(9)));
        assertThat(recorder.isKnown(firing(6))).isFalse();
    }

    @Test
    void aCommandToRunNowCountsThoughAnUpdateThatOvertookTheStartHasStartedTheFlow() {
        var payload = new HashMap<>(definition("weft/timer:timer", "out", Map.of("interval", "day")));
        var about = new HashMap<String, Object>();
        ((Map<?, ?>) payload.get("flow")).forEach((name, value) -> about.put(name.toString(), value));
        about.put("start_wish", 1);
        payload.put("flow", about);
        wish = 3;
        wishes().update(command(Command.FLOW_UPDATE, wish, payload));
        await().atMost(SOON).until(() -> run().state() == State.ACTIVE);

        wishes().runNow(command(Command.FLOW_RUN_NOW, 2, Map.of()));

        await().atMost(SOON).until(() -> service.getBean(Recorder.class).isKnown(firing(2)));
    }

    private String firing(long command) {
        return EffectKey.kickOff(flowId, "manual:" + command).substring(0, 32);
    }

    @Test
    void anUpdateThatFiresAtTheSameTimesKeepsTheDueInstant() {
        start("weft/timer:timer", Map.of("interval", "hour"));
        var due = run().due();
        assertThat(due).isNotNull();

        wishes().update(command(
                Command.FLOW_UPDATE, ++wish, definition("weft/timer:timer", "other", Map.of("interval", "hour"))));
        await().atMost(SOON).until(() -> plan().find("other").isPresent());
        assertThat(run().due()).isEqualTo(due);

        wishes().update(command(
                Command.FLOW_UPDATE, ++wish, definition("weft/timer:timer", "out", Map.of("interval", "day"))));
        await().atMost(SOON).until(() -> plan().find("out").isPresent());
        await().atMost(SOON).untilAsserted(() -> assertThat(run().due()).isAfter(due.plus(Duration.ofHours(22))));
    }

    @Test
    void aStopTellsHowManyMessagesItDrops() {
        gate = new CountDownLatch(1);
        start("weft/webhook:receive", Map.of());
        for (var n = 0; n < 5; n++) {
            var id = service.getBean(Ids.class).nextExecution();
            service.getBean(FlowPublisher.class)
                    .publish(service.getBean(KickOffs.class)
                            .fire(plan(), id, "webhook", id, StepMessage.of(Map.of("n", n))))
                    .join();
        }
        var out = plan().queueOf("out");
        var run = plan().runId();
        await().atMost(SOON).until(() -> calls.get() == 1 && waiting(run, out) == 4);

        stopByCommand();

        assertThat(dropped()).isEqualTo(4);
        assertThat(lines().getFirst())
                .containsEntry("l", 40)
                .containsEntry("s", "trigger")
                .containsEntry("w", "w1")
                .containsEntry("t", "t1");
        assertThat(service.getBean(FlowTopology.class).depths(List.of(out))).isEmpty();
    }

    @Test
    void whoWaitsForTheAnswerToAQueuedCallIsToldThatTheFlowWasStopped() {
        gate = new CountDownLatch(1);
        var heard = new ConcurrentHashMap<String, Map<String, Object>>();
        var subscribed = new CountDownLatch(1);
        var subscription = service.getBean(InstanceQueue.class)
                .subscribe(
                        event -> heard.put(event.subjectId(), event.payload()),
                        subscribed::countDown,
                        Fact.EXECUTION_ENDED);
        subscription.start();
        try {
            await().atMost(SOON).until(() -> subscribed.getCount() == 0);
            wishes().start(command(Command.FLOW_START, ++wish, answering()));
            await().atMost(SOON).until(() -> run().state() == State.ACTIVE);
            var calling = new ArrayList<String>();
            for (var n = 0; n < 5; n++) {
                calling.add(call(n));
            }
            var run = plan().runId();
            var queue = plan().entryQueue();
            await().atMost(SOON).until(() -> calls.get() == 1 && waiting(run, queue) == 4);

            stopByCommand();

            await().atMost(SOON).until(() -> heard.keySet().containsAll(calling.subList(1, 5)));
            assertThat(heard.get(calling.getLast()))
                    .containsEntry("status", "canceled")
                    .containsEntry("flow", flowId)
                    .containsEntry("reply_to", "reply.gateway." + calling.getLast());
            assertThat(dropped()).isEqualTo(4);
        } finally {
            subscription.stop();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOW_STOP", "FLOW_DELETE"})
    void whoWatchesHearsOfWhatIsDroppedAndOfWhatWasInWork(Command end) throws Exception {
        gate = new CountDownLatch(1);
        try (var heard = new HeardEnds(service, "execution.ended.#")) {
            start("weft/webhook:receive", Map.of());
            var watched = new ArrayList<String>();
            var inWork = fire(FlowHeaders.WATCH, "tester");
            watched.add(inWork);
            var run = plan().runId();
            var queue = plan().entryQueue();
            await().atMost(SOON).until(() -> calls.get() == 1);
            for (var n = 0; n < 3; n++) {
                watched.add(fire(FlowHeaders.WATCH, "tester"));
            }
            var unwatched = fire(FlowHeaders.TRIGGER, "webhook");
            await().atMost(SOON).until(() -> waiting(run, queue) == 4);

            if (end == Command.FLOW_STOP) {
                stopByCommand();
            } else {
                wishes().delete(command(end, ++wish, Map.of()));
                await().atMost(SOON).until(() -> run().state() == State.DELETED);
            }

            await().atMost(SOON).until(() -> watched.stream().allMatch(heard::isTold));
            assertThat(watched)
                    .allSatisfy(execution -> assertThat(heard.of(execution))
                            .allSatisfy(fact -> assertThat(fact.payload())
                                    .containsEntry("status", "canceled")
                                    .containsEntry("flow", flowId)));
            assertThat(heard.of(unwatched)).isEmpty();
            var kept = service.getBean(MongoTemplate.class).getCollection("executions");
            var dropped = watched.subList(1, 4);
            assertThat(kept.countDocuments(new Document("_id", new Document("$in", dropped)).append("s", "canceled")))
                    .isEqualTo(end == Command.FLOW_STOP ? 3 : 0);
            gate.countDown();
        }
    }

    /** As a gateway does whose caller waits. */
    private String call(int n) {
        return fire(n, id -> Map.of(FlowHeaders.REPLY_TO, FlowNames.reply("gateway", id)));
    }

    private String fire(String header, String value) {
        return fire(0, _ -> Map.of(header, value));
    }

    private String fire(int n, Function<String, Map<String, Object>> more) {
        var id = service.getBean(Ids.class).nextExecution();
        var frame = service.getBean(KickOffs.class).fire(plan(), id, "webhook", id, StepMessage.of(Map.of("n", n)));
        var headers = new HashMap<>(frame.headers());
        headers.putAll(more.apply(id));
        service.getBean(FlowPublisher.class).publishAndWait(FlowFrame.to(frame.key(), headers, frame.body()));
        return id;
    }

    private Map<String, Object> answering() {
        var url = "http://127.0.0.1:" + called.getAddress().getPort() + "/";
        return service.getBean(JsonMapper.class)
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .convertValue(
                        FlowBuilder.aFlow(flowId)
                                .step("trigger", "weft/webhook:receive")
                                .step("out", "weft/http:request", Map.of("method", "POST", "url", url))
                                .step("reply", "weft/http:reply", Map.of())
                                .edge("trigger", "out")
                                .edge("out", "reply")
                                .build(),
                        new TypeReference<>() {});
    }

    @Test
    void aMessageThatWasLaidAsideGoesToItsFlowAsItIsNowOrSaysWhyNot() {
        var redriven = service.getBean(FlowMessageRoute.class);
        start("weft/webhook:receive", Map.of());
        var id = service.getBean(Ids.class).nextExecution();
        var old = service.getBean(KickOffs.class).fire(plan(), id, "webhook", id, StepMessage.of(Map.of()));
        assertThat(redriven.of(old.headers()))
                .isEqualTo(new FlowMessageRoute.Way.To(plan().entryQueue(), old.headers()));

        stopByCommand();
        assertThat(redriven.of(old.headers()))
                .isEqualTo(new FlowMessageRoute.Way.Nowhere("The flow " + flowId + " does not run."));

        start("weft/webhook:receive", Map.of());
        assertThat(redriven.of(old.headers())).isInstanceOfSatisfying(FlowMessageRoute.Way.To.class, way -> {
            assertThat(way.queue()).isEqualTo(plan().entryQueue()).isNotEqualTo(old.key());
            assertThat(way.headers())
                    .containsEntry(FlowHeaders.EXEC_ID, plan().runId())
                    .containsEntry(FlowHeaders.EFFECT, old.headers().get(FlowHeaders.EFFECT));
        });
        var elsewhere = new HashMap<>(old.headers());
        elsewhere.put(FlowHeaders.TARGET, "no-step");
        elsewhere.put(FlowHeaders.EXEC_ID, "an older run");
        assertThat(redriven.of(elsewhere))
                .isEqualTo(new FlowMessageRoute.Way.Nowhere(
                        "The running version of flow " + flowId + " has no step no-step."));

        wishes().delete(command(Command.FLOW_DELETE, ++wish, Map.of()));
        await().atMost(SOON).until(() -> run().state() == State.DELETED);
        assertThat(redriven.of(old.headers()))
                .isEqualTo(new FlowMessageRoute.Way.Nowhere("The flow " + flowId + " is gone."));
    }

    private static long waiting(String run, String queue) {
        var load = service.getBean(Workers.class).loads(run).get(queue);
        return load == null
                ? 0
                : load.waiting() + service.getBean(FlowTopology.class).ready(queue);
    }

    /**
     * In one line, or in two: the broker answers how many there are before it has counted all that it was given back a
     * moment ago, and its deletion counts the rest.
     */
    private int dropped() {
        var said = Pattern.compile("The stop of the flow dropped (\\d+) messages? that (was|were) queued\\.");
        assertThat(lines()).hasSizeBetween(1, 2);
        return lines().stream()
                .map(line -> said.matcher(line.getString("msg")))
                .peek(line -> assertThat(line.matches()).isTrue())
                .mapToInt(line -> Integer.parseInt(line.group(1)))
                .sum();
    }

    private List<Document> lines() {
        return service.getBean(MongoTemplate.class)
                .getCollection("flow_logs")
                .find(new Document("f", flowId))
                .into(new java.util.ArrayList<>());
    }

    @Test
    void aStopThatDropsNothingTellsNothing() {
        start("weft/webhook:receive", Map.of());
        var queues = plan().queueNames();

        stopByCommand();

        // All that it tells is written, for its flow is inactive after that only.
        assertThat(service.getBean(FlowTopology.class).depths(queues)).isEmpty();
        assertThat(lines()).isEmpty();
    }

    @Test
    void nothingIsLeftOfADeletedFlow() {
        start("weft/webhook:receive", Map.of());
        var mongo = service.getBean(MongoTemplate.class);
        var kept = List.of("executions", "execution_payloads", "error_inputs", "flow_logs", "snapshots", "suspects");
        for (var collection : kept) {
            for (var flow : List.of(flowId, "another")) {
                mongo.getCollection(collection)
                        .insertOne(new Document("_id", flow + ":x")
                                .append("f", flow)
                                .append("at", new Date())
                                .append("st", new Date()));
            }
        }

        wishes().delete(command(Command.FLOW_DELETE, ++wish, Map.of()));

        await().atMost(SOON).until(() -> run().state() == State.DELETED);
        for (var collection : kept) {
            assertThat(mongo.getCollection(collection).countDocuments(new Document("f", flowId)))
                    .as(collection)
                    .isZero();
            assertThat(mongo.getCollection(collection)
                            .deleteOne(new Document("_id", "another:x"))
                            .getDeletedCount())
                    .as(collection)
                    .isOne();
        }
    }

    @Test
    void aStartThatItsDeletionHasOvertakenStartsNothing() {
        var late = command(Command.FLOW_START, 1, definition("weft/webhook:receive", "out", Map.of()));
        wish = 2;

        wishes().delete(command(Command.FLOW_DELETE, wish, Map.of()));
        await().atMost(SOON).until(() -> run().state() == State.DELETED);
        wishes().start(late);

        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> run().state() == State.DELETED);
        assertThat(service.getBean(RunningFlows.class).plan(flowId)).isEmpty();
        assertThat(run().named()).isEmpty();
    }

    @Test
    void aStartThatFailedIsAnErrorWhoseRetryStaysInItsExecution() {
        wishes().start(command(
                Command.FLOW_START, ++wish, definition("weft/webhook:receive", "out", Map.of(), "weft/nothing:there")));
        var mongo = service.getBean(MongoTemplate.class);

        await().atMost(SOON)
                .until(() -> mongo.getCollection("error_inputs").countDocuments(new Document("f", flowId)) == 1);

        var error = mongo.getCollection("error_inputs")
                .find(new Document("f", flowId))
                .first();
        assertThat(Ids.isExecution(error.getString("e"))).isTrue();
        assertThat(error.get("headers", Document.class))
                .containsEntry(FlowHeaders.THREAD_ID, error.getString("e"))
                .containsEntry(FlowHeaders.TARGET, "trigger");
        // The input is written before the execution.
        await().atMost(SOON)
                .until(() -> mongo.getCollection("executions").countDocuments(new Document("_id", error.getString("e")))
                        == 1);
    }
}
