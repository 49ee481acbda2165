package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.sun.net.httpserver.HttpServer;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.event.Command;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.id.Ids;
import dev.weft.execution.StartedService;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.deployment.RunningFlows;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Starts that are given no time, and brokers that do not do what they are asked. */
class StartStopStormIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int STORM = 20;

    private static final AtomicInteger calls = new AtomicInteger();
    private static EmbeddedStore store;
    private static HttpServer called;
    private static ConfigurableApplicationContext service;
    private static Connection broker;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        called = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        called.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        called.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        called.start();
        // For one that is given up, and for one that must not be on a slow machine.
        service = StartedService.over(store, "--weft.run.start-limit=40s");
        broker = service.getBean(BrokerConnections.class).open("storm-test");
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
        service.close();
        called.stop(0);
        store.close();
    }

    @Test
    void flowsOldAndNewAnswerAfterManyWereStoppedRightAfterTheirStart() {
        var old = new Ids().next();
        wish(old, Command.FLOW_START, 1);
        await().atMost(SOON).until(() -> state(old) == State.ACTIVE);
        var random = new Random(20261129);
        var storm = new ArrayList<String>();
        for (var n = 0; n < STORM; n++) {
            var flow = new Ids().next();
            storm.add(flow);
            wish(flow, Command.FLOW_START, 1);
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(21)).toNanos());
            wish(flow, Command.FLOW_STOP, 2);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(storm).allMatch(flow -> state(flow) == State.INACTIVE));

        var fresh = new Ids().next();
        wish(fresh, Command.FLOW_START, 1);

        await().atMost(SOON).until(() -> state(fresh) == State.ACTIVE);
        fire(plan(old));
        fire(plan(fresh));
        await().atMost(SOON).until(() -> calls.get() == 2);
        var runs = service.getBean(Deployments.class);
        assertThat(storm).allMatch(flow -> runs.find(flow).orElseThrow().named().isEmpty());
        wish(old, Command.FLOW_DELETE, 9);
        wish(fresh, Command.FLOW_DELETE, 9);
    }

    @Test
    void aFlowWhoseQueueTheBrokerDoesNotMakeIsNeverActiveAndIsGivenUp() throws Exception {
        var flow = new Ids().next();
        var channel = locked(flow);

        wish(flow, Command.FLOW_START, 1);

        await().atMost(SOON).until(() -> state(flow) == State.STARTING);
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> state(flow) == State.STARTING);
        await().atMost(SOON).until(() -> state(flow) == State.INACTIVE);
        var errors = service.getBean(MongoTemplate.class).getCollection("error_inputs");
        await().atMost(SOON).until(() -> errors.countDocuments(new Document("f", flow)) == 1);
        channel.close();
    }

    @Test
    void aFlowIsActiveAsSoonAsTheBrokerCanMakeItsQueue() throws Exception {
        var flow = new Ids().next();
        var channel = locked(flow);
        wish(flow, Command.FLOW_START, 1);
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> state(flow) == State.STARTING);

        channel.queueDelete(queue(flow));
        channel.close();

        await().atMost(SOON).until(() -> state(flow) != State.STARTING);
        assertThat(state(flow)).isEqualTo(State.ACTIVE);
        wish(flow, Command.FLOW_DELETE, 2);
    }

    /** The name of its queue is that of a queue which another connection has for itself. */
    private static Channel locked(String flow) throws IOException {
        var channel = broker.createChannel();
        channel.queueDeclare(queue(flow), false, true, false, Map.of());
        return channel;
    }

    private static String queue(String flow) {
        return FlowNames.messages(
                flow, "trigger", Ids.sha256("run:" + flow + ":1").substring(0, 32));
    }

    private static void wish(String flow, Command command, long wish) {
        var wishes = service.getBean(FlowWishes.class);
        Map<String, Object> payload = command == Command.FLOW_START ? definition(flow) : Map.of();
        var event =
                new DomainEvent("c" + wish, command.wire(), wish, Instant.EPOCH, "t1", "k1", "w1", flow, null, payload);
        switch (command) {
            case FLOW_START -> wishes.start(event);
            case FLOW_STOP -> wishes.stop(event);
            default -> wishes.delete(event);
        }
    }

    private static Map<String, Object> definition(String flow) {
        var url = "http://127.0.0.1:" + called.getAddress().getPort() + "/";
        var definition = FlowBuilder.aFlow(flow)
                .step("trigger", "weft/webhook:receive")
                .step("out", "weft/http:request", Map.of("method", "POST", "url", url))
                .edge("trigger", "out")
                .build();
        return service.getBean(JsonMapper.class)
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .convertValue(definition, new TypeReference<>() {});
    }

    private static State state(String flow) {
        return service.getBean(Deployments.class).find(flow).orElseThrow().state();
    }

    private static Plan plan(String flow) {
        return service.getBean(RunningFlows.class).plan(flow).orElseThrow();
    }

    private static void fire(Plan plan) {
        var id = service.getBean(Ids.class).nextExecution();
        service.getBean(FlowPublisher.class)
                .publishAndWait(
                        service.getBean(KickOffs.class).fire(plan, id, "webhook", id, StepMessage.of(Map.of())));
    }
}
