package dev.weft.execution.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.id.Ids;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.PathExpressions;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.QueueConsumers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class FlowTopologyIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static BrokerConnections connections;
    private static FlowTopology topology;
    private static QueueConsumers consumers;
    private static Connection broker;

    private final Plan plan = plan();

    @BeforeAll
    static void start() throws Exception {
        connections = new BrokerConnections(System.getenv("WEFT_RABBITMQ_URI"));
        topology = new FlowTopology(connections);
        topology.start();
        consumers = new QueueConsumers(connections);
        consumers.start();
        broker = connections.open("topology-test");
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
        consumers.stop();
        topology.stop();
    }

    @AfterEach
    void delete() {
        topology.delete(plan.queueNames());
    }

    private static Plan plan() {
        var flow = FlowBuilder.aFlow(new Ids().next())
                .step("hook", "weft/webhook:receive")
                .step("out", "weft/http:request")
                .edge("hook", "out")
                .build();
        return new Planner(TestBuiltin.usualBut("weft/http:request", _ -> List.of()), new PathExpressions())
                .plan(flow, new Ids().nextHex32());
    }

    private void publish() throws Exception {
        var channel = broker.createChannel();
        channel.confirmSelect();
        channel.basicPublish("", plan.entryQueue(), MessageProperties.PERSISTENT_BASIC, new byte[1]);
        channel.waitForConfirmsOrDie(60_000);
        channel.close();
    }

    @Test
    void leavesAQueueAsAnOlderReleaseHasDeclaredIt() throws Exception {
        var channel = broker.createChannel();
        channel.queueDeclare(
                plan.entryQueue(),
                true,
                false,
                false,
                Map.of(
                        "x-queue-type",
                        "quorum",
                        "x-overflow",
                        "reject-publish",
                        "x-dead-letter-exchange",
                        "",
                        "x-dead-letter-routing-key",
                        FlowNames.DEAD_LETTERS,
                        "x-dead-letter-strategy",
                        "at-least-once"));
        channel.close();
        publish();

        assertThatCode(() -> topology.declare(plan)).doesNotThrowAnyException();

        await().atMost(SOON).until(() -> topology.ready(plan.entryQueue()) == 1);
    }

    /** What keeps the order of messages that go again together after a refusal. */
    @Test
    void aFullQueueTakesNothingBeforeAFifthOfItIsFree() throws Exception {
        var queue = "full-" + new Ids().next();
        var channel = broker.createChannel();
        channel.confirmSelect();
        channel.queueDeclare(
                queue,
                true,
                false,
                false,
                Map.of("x-queue-type", "quorum", "x-overflow", "reject-publish", "x-max-length", 100));
        try {
            await().atMost(SOON).until(() -> !isTaken(channel, queue));

            drain(channel, queue, 85);
            for (var n = 0; n < 5; n++) {
                assertThat(isTaken(channel, queue)).isFalse();
            }

            drain(channel, queue, 75);
            await().atMost(SOON).until(() -> isTaken(channel, queue));
            for (var n = 0; n < 10; n++) {
                assertThat(isTaken(channel, queue)).isTrue();
            }
        } finally {
            channel.queueDelete(queue);
        }
    }

    private static boolean isTaken(Channel channel, String queue) throws Exception {
        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[1]);
        return channel.waitForConfirms(60_000);
    }

    private static void drain(Channel channel, String queue, int left) throws Exception {
        while (channel.messageCount(queue) > left) {
            channel.basicGet(queue, true);
        }
        await().atMost(SOON).until(() -> channel.messageCount(queue) <= left);
    }

    @Test
    void looksThroughALongQueueSomeAtATimeAndKeepsWhatCouldNotBeTold() throws Exception {
        topology.declare(plan);
        publish(20_000);
        await().atMost(SOON).until(() -> topology.ready(plan.entryQueue()) == 20_000);
        var seen = new AtomicInteger();
        var batches = new ArrayList<Integer>();

        assertThatThrownBy(() -> topology.delete(plan.entryQueue(), _ -> seen.incrementAndGet(), () -> {
                    batches.add(seen.getAndSet(0));
                    if (batches.size() == 3) {
                        throw new IllegalStateException("The store is away.");
                    }
                }))
                .hasMessage("The store is away.");

        assertThat(batches).hasSize(3).allSatisfy(size -> assertThat(size).isBetween(1, 500));
        var left = 20_000 - batches.get(0) - batches.get(1);
        await().atMost(SOON).until(() -> topology.ready(plan.entryQueue()) == left);
        assertThat(topology.delete(
                        plan.entryQueue(), _ -> seen.incrementAndGet(), () -> batches.add(seen.getAndSet(0))))
                .isEqualTo(left);
        assertThat(batches).allSatisfy(size -> assertThat(size).isBetween(1, 500));
        assertThat(batches.stream().mapToInt(size -> size).sum()).isEqualTo(20_000 + batches.get(2));
    }

    private void publish(int count) throws Exception {
        var channel = broker.createChannel();
        channel.confirmSelect();
        var properties = MessageProperties.PERSISTENT_BASIC
                .builder()
                .headers(Map.of("threadId", "e"))
                .build();
        for (var n = 0; n < count; n++) {
            channel.basicPublish("", plan.entryQueue(), properties, new byte[1]);
        }
        channel.waitForConfirmsOrDie(60_000);
        channel.close();
    }

    @Test
    void looksIntoAQueueAndLeavesWhatIsThere() throws Exception {
        topology.declare(plan);
        assertThat(topology.areEmpty(plan.queueNames())).isTrue();

        publish();

        assertThat(topology.areEmpty(plan.queueNames())).isFalse();
        await().atMost(SOON).until(() -> topology.ready(plan.entryQueue()) == 1);
        assertThat(topology.areEmpty(List.of("no such queue"))).isTrue();
    }

    @Test
    void isNotWellWhileAQueueCanNotBeTakenFromThoughTheConnectionsAre() throws Exception {
        var health = new QueueHealth(
                        consumers,
                        topology,
                        new QueueProbe(connections, new Ids()),
                        new EngineMetrics(new SimpleMeterRegistry()),
                        Duration.ofSeconds(1))
                .queuesHealthIndicator();
        var queue = plan.entryQueue();
        var holder = broker.createChannel();
        // Another connection's alone.
        holder.queueDeclare(queue, false, true, false, Map.of());
        var subscription = consumers.subscribe(queue, 1, Delivery::acknowledge);

        await().atMost(SOON).until(() -> health.health().getStatus().equals(Status.DOWN));
        assertThat(health.health().getDetails()).containsKey(queue);

        holder.queueDelete(queue);
        holder.close();
        topology.declare(plan);
        publish();
        await().atMost(SOON)
                .until(() ->
                        topology.depths(plan.queueNames()).get(queue).consumers() == 1 && topology.ready(queue) == 0);
        subscription.close();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void triesOutWhetherNewQueuesTakeAndGive() {
        var probe = new QueueProbe(connections, new Ids());

        probe.tryOut();

        assertThat(probe.isTried()).isTrue();
        assertThat(probe.trouble()).isEmpty();
        var gone = new QueueProbe(new BrokerConnections("amqp://127.0.0.1:1"), new Ids());
        gone.tryOut();
        assertThat(gone.trouble()).isPresent();
    }
}
