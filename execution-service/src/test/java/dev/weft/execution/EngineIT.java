package dev.weft.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.sun.net.httpserver.HttpServer;
import dev.weft.common.broker.ContractBacklogs;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.MessagingNames;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.worker.Workers;
import dev.weft.store.EmbeddedStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The service as it is, over a real broker and a document store: built-in steps, JSONata, records. */
class EngineIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static EmbeddedStore store;
    private static HttpServer sink;
    private static ConfigurableApplicationContext service;
    private static final List<String> received = new CopyOnWriteArrayList<>();

    private final List<Plan> plans = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/in", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        sink.start();
        // Small, so that what one test leaves waiting is worth telling.
        service = StartedService.over(store, "--weft.backlog.bytes-per-contract=8MB");
    }

    @AfterAll
    static void stop() {
        service.close();
        sink.stop(0);
        store.close();
    }

    @AfterEach
    void closeRuns() {
        for (var plan : plans) {
            service.getBean(Workers.class).close(plan.runId());
            service.getBean(FlowTopology.class)
                    .delete(plan.queues().stream().map(PlannedQueue::name).toList());
        }
        received.clear();
    }

    private Plan run(FlowDefinition flow) {
        var plan = service.getBean(Planner.class)
                .plan(flow, service.getBean(Ids.class).nextHex32());
        plans.add(plan);
        service.getBean(FlowTopology.class).declare(plan);
        service.getBean(Workers.class).open(plan);
        return plan;
    }

    private static String fire(Plan plan, Map<String, Object> body) {
        var execution = service.getBean(Ids.class).nextHex32();
        var frame = service.getBean(KickOffs.class).fire(plan, execution, "webhook", execution, StepMessage.of(body));
        service.getBean(FlowPublisher.class).publish(frame).join();
        return execution;
    }

    private static String sinkUrl() {
        return "http://127.0.0.1:" + sink.getAddress().getPort() + "/in";
    }

    private static FlowBuilder toSink(FlowBuilder flow, String from) {
        return flow.step("out", "weft/http:request", Map.of("method", "POST", "url", sinkUrl()))
                .edge(from, "out");
    }

    private static FlowBuilder flow() {
        return FlowBuilder.aFlow(service.getBean(Ids.class).next()).step("hook", "weft/webhook:receive");
    }

    @Test
    void mapsAndCallsAndRecords() {
        var flow = toSink(
                flow().step(
                                "map",
                                "weft/mapper:map",
                                Map.of("expression", "{\"sum\": a + b, \"who\": $uppercase(name)}"))
                        .edge("hook", "map"),
                "map");
        var plan = run(flow.build());

        var execution = fire(plan, Map.of("a", 19, "b", 23, "name", "ada"));

        await().atMost(SOON).until(() -> !received.isEmpty());
        assertThat(received).containsExactly("{\"sum\":42,\"who\":\"ADA\"}");
        await().atMost(SOON).until(() -> service.getBean(Recorder.class).isKnown(execution));
        await().atMost(SOON).until(() -> service.getBean(FlowTopology.class).ready(plan.entryQueue()) == 0);
    }

    @Test
    void sendsEachElementOnceAndInOrder() {
        var flow = toSink(
                flow().step("split", "weft/splitter:split", Map.of("expression", "xs"))
                        .edge("hook", "split"),
                "split");
        var plan = run(flow.build());

        fire(
                plan,
                Map.of(
                        "xs",
                        IntStream.range(0, 100).mapToObj(n -> Map.of("n", n)).toList()));

        await().atMost(SOON).until(() -> received.size() >= 100);
        assertThat(received)
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(n -> "{\"n\":" + n + "}")
                        .toList());
    }

    @Test
    void letsConditionsDecideAndExpressionsLookBack() {
        var flow = flow().step("map", "weft/mapper:map", Map.of("expression", "{\"second\": n + 1}"))
                .step("out", "weft/http:request", Map.of("method", "POST", "url", sinkUrl()))
                .edge("hook", "map", null, "n > 3")
                .edge("map", "out", Map.of("seen", "[elasticio.hook.body.n, second]"), null);
        var plan = run(flow.build());

        fire(plan, Map.of("n", 1));
        fire(plan, Map.of("n", 5));

        await().atMost(SOON).until(() -> !received.isEmpty());
        assertThat(received).containsExactly("{\"seen\":[5,6]}");
    }

    @Test
    void letsCodeRememberFromMessageToMessage() {
        var code = """
            async function run(msg, cfg, snapshot) {
              const seen = [...(snapshot.seen || []), msg.body.n];
              await this.emit('snapshot', { seen });
              return { seen };
            }\
            """;
        var plan = run(toSink(
                        flow().step("code", "weft/code:execute", Map.of("code", code))
                                .edge("hook", "code"),
                        "code")
                .build());

        fire(plan, Map.of("n", 1.5));
        fire(plan, Map.of("n", 2));

        await().atMost(SOON).until(() -> received.size() == 2);
        assertThat(received).containsExactly("{\"seen\":[1.5]}", "{\"seen\":[1.5,2]}");
    }

    @Test
    void countsForPrometheus() throws Exception {
        var plan = run(toSink(flow(), "hook")
                .step("code", "weft/code:execute", Map.of("code", "function run() { throw new Error('no'); }"))
                .edge("out", "code")
                .build());

        fire(plan, Map.of("n", 1));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(metrics())
                        .containsPattern(
                                "weft_steps_seconds_count\\{outcome=\"completed\",step=\"http:request\"} [1-9]")
                        .containsPattern("weft_steps_seconds_count\\{outcome=\"failed\",step=\"code:execute\"} [1-9]")
                        .containsPattern("weft_messages_published_seconds_count\\{answer=\"confirmed\"} [1-9]")
                        .containsPattern("weft_errors_total [1-9]")
                        .containsPattern("weft_records_batch_count [1-9]")
                        .containsPattern("weft_records_write_seconds_count [1-9]")
                        .containsPattern("weft_sandbox_calls_seconds_count\\{outcome=\"done\"} [1-9]")
                        .containsPattern("weft_sandbox_wait_seconds_count [1-9]")
                        .containsPattern("weft_sandbox_workers_total [1-9]")
                        .containsPattern("weft_flows_active [1-9]")
                        .contains(
                                "weft_deliveries_begun ",
                                "weft_deliveries_waiting ",
                                "weft_messages_unconfirmed ",
                                "weft_rebounds_total ",
                                "weft_dead_letters_total "));
        assertThat(metrics()).doesNotContain(plan.flow().id(), plan.runId());
    }

    private static String metrics() throws Exception {
        var port = service.getEnvironment().getProperty("local.management.port");
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void tellsGatewaysOfAFlowThatIsFarBehind() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(System.getenv("WEFT_RABBITMQ_URI"));
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            var facts = channel.queueDeclare().getQueue();
            channel.queueBind(facts, MessagingNames.EVENTS, "flow.backlog");
            var ofContracts = channel.queueDeclare().getQueue();
            channel.queueBind(ofContracts, MessagingNames.EVENTS, "contract.backlog");
            var plan = run(flow().step("split", "weft/splitter:split", Map.of("expression", "xs"))
                    // One message a second; whoever closes the run waits for the one in work.
                    .step(
                            "code",
                            "weft/code:execute",
                            Map.of("code", "async function run() { await wait(60000); }", "timeout_ms", 1_000))
                    .edge("hook", "split")
                    .edge("split", "code")
                    .build());

            fire(plan, Map.of("xs", IntStream.range(0, 1100).boxed().toList()));

            await().atMost(SOON).until(() -> channel.messageCount(facts) > 1);
            var fact = JsonMapper.builder()
                    .build()
                    .readTree(channel.basicGet(facts, true).getBody());
            assertThat(fact.path("type").asString()).isEqualTo("flow.backlog");
            assertThat(fact.path("subjectId").asString()).isEqualTo(plan.flow().id());
            assertThat(fact.path("contractId").asString()).isEqualTo(plan.flow().contractId());
            assertThat(fact.path("payload").path("run").asString()).isEqualTo(plan.runId());
            assertThat(fact.path("payload").path("count").asInt()).isBetween(1001, 1101);

            // What is told first may be of a look at which little had come out of the splitter.
            var bytes = await().atMost(SOON)
                    .until(() -> sentBytes(channel.basicGet(ofContracts, true), plan), sent -> sent > 500_000);
            assertThat(bytes).as("a kilobyte each, and few bytes of its own").isLessThan(4_000_000);
        }
    }

    /** What a fact about a contract says that waits for it; 0: there is no fact, or it is of another contract. */
    private static long sentBytes(@Nullable GetResponse told, Plan plan) {
        if (told == null) {
            return 0;
        }
        var json = JsonMapper.builder().build();
        var fact = json.readTree(told.getBody());
        if (!plan.flow().contractId().equals(fact.path("subjectId").asString())) {
            return 0;
        }
        return ContractBacklogs.Word.read(
                        json.convertValue(fact.path("payload"), new TypeReference<Map<String, Object>>() {}))
                .sent();
    }

    @Test
    void deliversAThousandMessagesEachOnce() {
        var plan = run(toSink(flow(), "hook").prefetch("out", 20, 1).build());

        IntStream.range(0, 1000).parallel().forEach(n -> fire(plan, Map.of("n", n)));

        await().atMost(Duration.ofMinutes(3)).until(() -> received.size() >= 1000);
        assertThat(new HashSet<>(received)).hasSize(1000);
        assertThat(received).hasSize(1000);
    }
}
