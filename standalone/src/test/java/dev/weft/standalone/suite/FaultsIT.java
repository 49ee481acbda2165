package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.chain;
import static dev.weft.standalone.suite.Api.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * {@code kill -9} during hundreds of calls: every acknowledged call arrives; what arrives again does so under the
 * idempotency key of its call. How many do is logged. The order is one in which the timer's minutes pass under the tests
 * that come after the death of its schedulers, so that its own, the last, need not wait for them.
 */
@ExtendWith(LogsOfFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {

    private static final Logger log = LoggerFactory.getLogger(FaultsIT.class);
    /** Many more than are in work at once, so that the part that dies is missed by most of them. */
    private static final int CALLS = 400;
    /** For all calls of a test together, and for their arrival. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final TestSink SINK = new TestSink();
    private static Topology topology;
    private static Api first;
    private static Api second;
    private static String timer;
    private static volatile int firingsBeforeTheSchedulersDied;
    private static volatile Instant schedulersDied;

    @BeforeAll
    static void connect() {
        topology = Topology.shared();
        first = new Api(topology.gateway(1), topology.credentials());
        second = new Api(topology.gateway(2), topology.credentials());
        first.workspace();
        var nodes = List.of(
                node("timer", "weft/timer:timer", Map.of("interval", "minute")),
                node("out", "weft/http:request", Map.of("method", "POST", "url", SINK.url("timer"))));
        timer = first.run(nodes, chain(nodes), Map.of("cron", "* * * * *"));
    }

    @AfterAll
    static void disconnect() {
        SINK.close();
    }

    @Test
    @Order(2)
    void oneExecutionServiceDies() throws Exception {
        survives("execution-one", step("$"), () -> {
            topology.kill(Topology.EXECUTION_1);
            topology.restart(Topology.EXECUTION_1);
        });
        topology.awaitReady(Topology.EXECUTION_1);
    }

    @Test
    @Order(3)
    void allExecutionServicesDie() throws Exception {
        SINK.await("timer", 1);
        survives("execution-all", step("$"), () -> {
            firingsBeforeTheSchedulersDied = firings().size();
            topology.kill(Topology.EXECUTION_1);
            topology.kill(Topology.EXECUTION_2);
            schedulersDied = Instant.now();
            topology.restart(Topology.EXECUTION_1);
            topology.restart(Topology.EXECUTION_2);
        });
        topology.awaitReady(Topology.EXECUTION_1);
        topology.awaitReady(Topology.EXECUTION_2);
    }

    @Test
    @Order(5)
    void aGatewayDies() throws Exception {
        survives("gateway", step("$"), () -> {
            topology.kill(Topology.GATEWAY_2);
            topology.restart(Topology.GATEWAY_2);
        });
        topology.awaitReady(Topology.GATEWAY_2);
    }

    @Test
    @Order(4)
    void theBrokerDies() throws Exception {
        survives("broker", step("$"), () -> {
            topology.killServer("rabbitmq");
            topology.reviveServers();
        });
    }

    @Test
    @Order(6)
    void theStoreDies() throws Exception {
        survives("store", step("$"), () -> {
            topology.killServer("store");
            topology.reviveServers();
        });
    }

    @Test
    @Order(1)
    void theSandboxWorkersDie() throws Exception {
        var code = node(
                "step",
                "weft/code:execute",
                Map.of("code", "async function run(msg) { await this.emit('data', {body: {id: msg.body.id}}); }"));
        survives("sandbox", code, topology::killSandboxWorkers);
    }

    /** The last: its timer has ticked while the tests before killed all that it needs. */
    @Test
    @Order(7)
    void aTimerFiresOncePerDueInstantThoughItsSchedulerDies() {
        Awaitility.await("a firing that was due after the last kill of the schedulers")
                .atMost(Duration.ofMinutes(3))
                .until(() -> firings().stream().map(Instant::parse).anyMatch(schedulersDied::isBefore));
        first.stop(timer);

        assertThat(firingsBeforeTheSchedulersDied).isPositive();
        // What was in work at a kill is called again, under the key of its firing.
        assertThat(SINK.calls("timer").stream()
                        .map(TestSink.Call::idempotencyKey)
                        .distinct())
                .hasSameSizeAs(firings());
    }

    /** Who takes its memory has to be stopped by a command; and a start may be too large for the way that is left. */
    @Test
    @Order(0)
    void flowsAreStartedAndStoppedWhileTheBrokerIsShortOfMemory() {
        var running = first.run(calling("alarm-running", step("$")));
        var code = "async function run(msg) { await this.emit('data', {body: msg.body}); } // " + "a".repeat(300_000);
        var nodes = calling("alarm-large", node("step", "weft/code:execute", Map.of("code", code)));
        var large =
                first.create(nodes, chain(nodes), Map.of()).data().path("id").stringValue();
        topology.takeTheBrokersMemory();
        try {
            Awaitility.await("calls to be refused")
                    .atMost(PATIENCE)
                    .until(() -> first.hook(running, Map.of("id", 1)).status() == 503);

            first.start(large);
            first.stop(running);

            assertThat(first.hook(large, Map.of("id", 2)).status())
                    .as("the broker is short of memory still")
                    .isEqualTo(503);
        } finally {
            topology.giveTheBrokerMemory();
        }
        Awaitility.await("calls to be taken")
                .atMost(PATIENCE)
                .until(() -> first.hook(large, Map.of("id", 3)).status() == 200);
        SINK.await("alarm-large", 1);
        first.stop(large);
    }

    private static Set<String> firings() {
        var times = new HashSet<String>();
        SINK.calls("timer")
                .forEach(call -> times.add(call.body().path("fireTime").stringValue()));
        return times;
    }

    private static Map<String, Object> step(String expression) {
        return node("step", "weft/mapper:map", Map.of("expression", expression));
    }

    private static List<Map<String, Object>> calling(String name, Map<String, Object> step) {
        return List.of(
                node("hook", "weft/webhook:receive", Map.of()),
                step,
                node(
                        "out",
                        "weft/http:request",
                        Map.of("method", "POST", "url", SINK.url(name), "body", "{\"id\": id}")));
    }

    private static void survives(String name, Map<String, Object> step, Runnable kill) throws Exception {
        var nodes = calling(name, step);
        var flow = first.run(nodes, chain(nodes), Map.of("nodes_config", Map.of("out", Map.of("prefetch", 16))));

        var made = new AtomicIntegerArray(CALLS);
        var acknowledged = callWhile(flow, made, kill);

        try {
            Awaitility.await("all acknowledged calls of " + name)
                    .atMost(PATIENCE)
                    .until(() -> arrived(name).containsAll(acknowledged));
        } catch (ConditionTimeoutException e) {
            acknowledged.removeAll(arrived(name));
            var some = acknowledged.stream().sorted().limit(20).toList();
            throw new AssertionError(
                    "%d calls did not arrive, among them %s: %s".formatted(acknowledged.size(), some, unfinished(flow)),
                    e);
        }
        var keys = new HashMap<Integer, Set<String>>();
        for (var call : SINK.calls(name)) {
            keys.computeIfAbsent(call.body().path("id").intValue(), _ -> new HashSet<>())
                    .add(call.idempotencyKey());
        }
        // A call that was answered by an error and repeated is another call, with a key of its own.
        log.info(
                "{}: {} calls acknowledged, {} arrivals, {} of them repeated",
                name,
                acknowledged.size(),
                SINK.calls(name).size(),
                SINK.calls(name).size()
                        - keys.values().stream().mapToInt(Set::size).sum());
        assertThat(acknowledged).hasSize(CALLS);
        keys.forEach((id, distinct) -> assertThat(distinct)
                .as("effects of call %d, which was made %d times", id, made.get(id))
                .hasSizeLessThanOrEqualTo(made.get(id)));
        first.awaitStatus(flow, "active");
        first.stop(flow);
    }

    /** What became of the executions that did not complete, as the flow's owner sees them. */
    private static List<JsonNode> unfinished(String flow) {
        var found = new ArrayList<JsonNode>();
        for (var status : List.of("failed", "running", "canceled")) {
            var listed = first.get("/v2/flows/" + flow + "/executions?filter%5Bstatus%5D=" + status);
            for (var execution : listed.body().path("data")) {
                found.add(first.get(execution.path("links").path("self").stringValue())
                        .body());
            }
        }
        return found;
    }

    private static Set<Integer> arrived(String name) {
        var ids = new HashSet<Integer>();
        SINK.calls(name).forEach(call -> ids.add(call.body().path("id").intValue()));
        return ids;
    }

    /** Calls from 16 clients over both gateways; one that is not acknowledged is made again. */
    private static Set<Integer> callWhile(String flow, AtomicIntegerArray made, Runnable kill) throws Exception {
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        var third = new CountDownLatch(CALLS / 3);
        var turn = new AtomicInteger();
        try (var clients = Executors.newFixedThreadPool(17)) {
            var killing = clients.submit(() -> {
                third.await();
                kill.run();
                return null;
            });
            for (var i = 0; i < CALLS; i++) {
                var id = i;
                // A call that never succeeds is missing from what is acknowledged.
                var _ = clients.submit(() -> {
                    var give = Awaitility.await("call " + id)
                            .atMost(PATIENCE)
                            .pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(200));
                    give.until(() -> {
                        made.incrementAndGet(id);
                        var gateway = turn.getAndIncrement() % 2 == 0 ? first : second;
                        return gateway.hook(flow, Map.of("id", id)).status() == 200;
                    });
                    acknowledged.add(id);
                    third.countDown();
                });
            }
            clients.shutdown();
            if (!clients.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                clients.shutdownNow();
                throw new AssertionError("Of %d calls only %d were acknowledged within %s; the kill was %s"
                        .formatted(CALLS, acknowledged.size(), PATIENCE, killing.state()));
            }
            killing.get();
        }
        return acknowledged;
    }
}
