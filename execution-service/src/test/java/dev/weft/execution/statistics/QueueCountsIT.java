package dev.weft.execution.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.weft.common.duty.LeaseRepository;
import dev.weft.common.id.Ids;
import dev.weft.execution.StartedService;
import dev.weft.execution.consumer.QueueLoad;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.statistics.QueueCounts.Count;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.worker.Workers;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Two processes of the service, as far as one JVM can be two, that work for the same run. */
class QueueCountsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static EmbeddedStore store;
    private static List<ConfigurableApplicationContext> replicas;
    /** Opened to let the called server answer. */
    private static final CountDownLatch GATE = new CountDownLatch(1);

    private static HttpServer called;

    private Plan plan;

    @BeforeAll
    static void start() throws IOException {
        store = EmbeddedStore.inMemory();
        called = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        called.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        called.createContext("/", exchange -> {
            awaitGate();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        called.start();
        replicas = List.of(replica(), replica());
    }

    private static ConfigurableApplicationContext replica() {
        return StartedService.over(store);
    }

    private static void awaitGate() {
        try {
            var _ = GATE.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void stop() {
        replicas.forEach(ConfigurableApplicationContext::close);
        called.stop(0);
        store.close();
    }

    @AfterEach
    void end() {
        GATE.countDown();
        replicas.forEach(replica -> workers(replica).close(plan.runId()));
        topology().delete(plan.queues().stream().map(PlannedQueue::name).toList());
    }

    private static Workers workers(ConfigurableApplicationContext replica) {
        return replica.getBean(Workers.class);
    }

    private static FlowTopology topology() {
        return replicas.getFirst().getBean(FlowTopology.class);
    }

    private static Plan calling() {
        var ids = replicas.getFirst().getBean(Ids.class);
        return replicas.getFirst()
                .getBean(Planner.class)
                .plan(
                        FlowBuilder.aFlow(ids.next())
                                .step("hook", "weft/webhook:receive")
                                .step(
                                        "out",
                                        "weft/http:request",
                                        Map.of(
                                                "url",
                                                "http://127.0.0.1:"
                                                        + called.getAddress().getPort() + "/"))
                                .edge("hook", "out")
                                .prefetch("out", 1, 2)
                                .build(),
                        ids.nextHex32());
    }

    private void fire(int count) {
        var replica = replicas.getFirst();
        for (var n = 0; n < count; n++) {
            var execution = replica.getBean(Ids.class).nextExecution();
            replica.getBean(FlowPublisher.class)
                    .publish(replica.getBean(KickOffs.class)
                            .fire(plan, execution, "webhook", execution, StepMessage.of(Map.of("n", n))))
                    .join();
        }
    }

    /** One consumer of the calling step in each process. */
    private void openInBoth() {
        var leases = replicas.getFirst().getBean(LeaseRepository.class);
        var second = plan.queueOf("out") + "#1";
        leases.hold(second, "the test", Duration.ofMinutes(1));
        workers(replicas.getFirst()).open(plan);
        leases.release(second, "the test");
        workers(replicas.getLast()).open(plan);
    }

    private QueueLoad load(ConfigurableApplicationContext replica) {
        return workers(replica).loads(plan.runId()).getOrDefault(plan.queueOf("out"), QueueLoad.NONE);
    }

    @Test
    void countWhatAllProcessesHaveWhicheverIsAsked() {
        plan = calling();
        topology().declare(plan);
        openInBoth();
        fire(15);

        await().atMost(SOON)
                .until(() -> replicas.stream().allMatch(replica -> load(replica).equals(new QueueLoad(1, 1, 4))));
        await().atMost(SOON).until(() -> topology().ready(plan.queueOf("out")) == 5);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(replicas)
                        .extracting(
                                replica -> replica.getBean(QueueCounts.class).of(plan))
                        .allSatisfy(counts -> assertThat(counts).containsEntry(plan.queueOf("out"), new Count(13, 2))));
    }
}
