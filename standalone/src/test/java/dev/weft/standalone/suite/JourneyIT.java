package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.chain;
import static dev.weft.standalone.suite.Api.edge;
import static dev.weft.standalone.suite.Api.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a tenant does, from the first flow to its executions, through the gateway. */
@ExtendWith(LogsOfFailure.class)
class JourneyIT {

    private static final TestSink SINK = new TestSink();
    private static Api api;

    @BeforeAll
    static void connect() {
        var topology = Topology.shared();
        api = new Api(topology.gateway(1), topology.credentials());
        api.workspace();
    }

    @AfterAll
    static void disconnect() {
        SINK.close();
    }

    private static Map<String, Object> hook() {
        return node("hook", "weft/webhook:receive", Map.of());
    }

    private static Map<String, Object> map(String id, String expression) {
        return node(id, "weft/mapper:map", Map.of("expression", expression));
    }

    private static Map<String, Object> call(String id, String name) {
        return node(id, "weft/http:request", Map.of("method", "POST", "url", SINK.url(name)));
    }

    private static String fire(String flow, Object body) {
        var answer = api.hook(flow, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body().path("requestId").stringValue();
    }

    @Test
    void aCallIsMappedSentAndAnswered() {
        var flow = api.run(List.of(
                hook(),
                map("price", "{\"who\": customer, \"total\": $sum(items.(price * qty))}"),
                call("tell", "demo"),
                node(
                        "answer",
                        "weft/http:reply",
                        Map.of("status", "201", "body", "{\"thanks\": elasticio.price.body.who, \"told\": status}"))));

        var answer =
                api.hook(flow, "{\"customer\":\"Ada\",\"items\":[{\"price\":4,\"qty\":2},{\"price\":9,\"qty\":1}]}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().toString()).isEqualTo("{\"thanks\":\"Ada\",\"told\":200}");
        assertThat(SINK.await("demo", 1).getFirst().toString()).isEqualTo("{\"who\":\"Ada\",\"total\":17}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> executions(flow).size() == 1);
        var whole = api.awaitExecution(executions(flow).path(0).path("id").stringValue(), "completed");
        assertThat(whole.path("messages").intValue()).isEqualTo(4);
        assertThat(whole.path("steps")
                        .path(1)
                        .path("outputs")
                        .path(0)
                        .path("body")
                        .path("total")
                        .intValue())
                .isEqualTo(17);
    }

    private static JsonNode executions(String flow) {
        return api.get("/v2/flows/" + flow + "/executions").data();
    }

    @Test
    void aMessageTakesTheBranchesWhoseConditionsHold() {
        var nodes = List.of(hook(), call("big", "big"), call("small", "small"), call("all", "all"));
        var flow = api.run(
                nodes,
                List.of(
                        edge("hook", "big", Map.of("n", "n"), "n > 10"),
                        edge("hook", "small", Map.of("n", "n"), "n <= 10"),
                        edge("hook", "all", Map.of("twice", "n * 2"), null)),
                Map.of());

        var ids = List.of(fire(flow, Map.of("n", 5)), fire(flow, Map.of("n", 50)));

        ids.forEach(id -> api.awaitExecution(id, "completed"));
        assertThat(SINK.await("big", 1)).extracting(JsonNode::toString).containsExactly("{\"n\":50}");
        assertThat(SINK.await("small", 1)).extracting(JsonNode::toString).containsExactly("{\"n\":5}");
        assertThat(SINK.await("all", 2)).extracting(JsonNode::toString).contains("{\"twice\":10}", "{\"twice\":100}");
    }

    @Test
    void aHundredItemsKeepTheirOrder() {
        var nodes = List.of(
                hook(), node("split", "weft/splitter:split", Map.of("expression", "xs")), call("out", "ordered"));
        var flow = api.run(nodes);

        fire(
                flow,
                Map.of(
                        "xs",
                        IntStream.range(0, 100).mapToObj(i -> Map.of("i", i)).toList()));

        assertThat(SINK.await("ordered", 100).stream()
                        .map(body -> body.path("i").intValue()))
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void aFailedMessageIsRetriedWithAnotherBody() {
        var flow = api.run(
                List.of(hook(), map("check", "bad ? $error(\"boom \" & n) : {\"n\": n}"), call("out", "retried")));
        var id = fire(flow, Map.of("bad", true, "n", 7));
        var error = api.awaitExecution(id, "failed").path("errors").path(0);
        assertThat(error.path("message").stringValue()).contains("boom 7");
        assertThat(error.path("input").path("body").path("n").intValue()).isEqualTo(7);

        var answer = api.post(
                "/v2/executions/" + id + "/errors/" + error.path("id").stringValue() + "/retry",
                Map.of(
                        "data",
                        Map.of(
                                "type", "execution-error",
                                "id", error.path("id").stringValue(),
                                "attributes", Map.of("body", Map.of("bad", false, "n", 99)))));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(SINK.await("retried", 1).getFirst().toString()).isEqualTo("{\"n\":99}");
        var ended = api.awaitExecution(id, "completed");
        assertThat(ended.path("errors").path(0).path("state").stringValue()).isEqualTo("retried");
    }

    @Test
    void theErrorHandlerHearsOfEveryError() {
        var handler = Map.<String, Object>of(
                "id",
                "handler",
                "command",
                "weft/mapper:map",
                "error",
                true,
                "fields",
                Map.of("expression", "{\"where\": step_id, \"what\": error.message, \"n\": errorInput.body.n}"));
        var nodes = List.of(hook(), map("check", "$error(\"no \" & n)"), handler, call("note", "handled"));

        var flow = api.run(nodes, List.of(edge("hook", "check"), edge("handler", "note")), Map.of());
        fire(flow, Map.of("n", 3));

        var note = SINK.await("handled", 1).getFirst();
        assertThat(note.path("where").stringValue()).isEqualTo("check");
        assertThat(note.path("what").stringValue()).contains("no 3");
        assertThat(note.path("n").intValue()).isEqualTo(3);
    }

    @Test
    void aThousandCallsOfSixteenClientsArriveOnceEach() throws Exception {
        var flow = api.run(
                List.of(hook(), map("id", "{\"id\": id}"), call("out", "thousand")),
                chain(List.of(hook(), map("id", ""), call("out", ""))),
                Map.of("nodes_config", Map.of("out", Map.of("prefetch", 16))));
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        try (var clients = Executors.newFixedThreadPool(16)) {
            for (var i = 0; i < 1000; i++) {
                var id = i;
                clients.submit(() -> {
                    if (api.hook(flow, Map.of("id", id)).status() == 200) {
                        acknowledged.add(id);
                    }
                });
            }
        }

        assertThat(acknowledged).hasSize(1000);
        assertThat(SINK.await("thousand", 1000).stream()
                        .map(body -> body.path("id").intValue()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    @Test
    void theQueuesOfAFlowAreShownStepByStep() {
        var made = api.create(List.of(hook(), map("m", "$")), List.of(edge("hook", "m")), Map.of());
        var flow = made.data().path("id").stringValue();
        var idle = "[{\"step_id\":\"hook\",\"total\":0,\"ready\":0,\"unacked\":0,\"rebounds\":0},"
                + "{\"step_id\":\"m\",\"total\":0,\"ready\":0,\"unacked\":0,\"rebounds\":0}]";

        var inactive =
                api.get("/v2/stats/queues/" + flow).data().path("attributes").path("stats");
        api.start(flow);
        var active =
                api.get("/v2/stats/queues/" + flow).data().path("attributes").path("stats");

        assertThat(inactive).hasToString(idle);
        assertThat(active).hasToString(idle);
        assertThat(api.get("/v2/stats/queues/" + "0".repeat(24)).status()).isEqualTo(404);
    }

    @Test
    void hostileInputIsRefusedAndChangesNothing() {
        var flow = api.run(List.of(hook(), map("echo", "$"), call("out", "hostile")));
        assertThat(api.hook(flow, "{\"a\":").status()).isEqualTo(400);
        assertThat(api.hook(flow, "{\"pad\":\"" + "x".repeat(11 * 1024 * 1024) + "\"}")
                        .status())
                .isIn(413, 0);
        assertThat(api.hook(flow, "[".repeat(20_000) + "]".repeat(20_000)).status())
                .isEqualTo(400);
        assertThat(api.hook("0".repeat(24), Map.of()).status()).isEqualTo(404);
        assertThat(api.hook("nonsense", Map.of()).status()).isEqualTo(404);
        assertThat(api.get("/v2/executions/" + "0".repeat(32)).status()).isEqualTo(404);
        assertThat(api.get("/v2/flows/" + "f".repeat(24)).status()).isEqualTo(404);
        assertThat(api.post("/v2/flows", "{\"data\":[]}").pointer()).isEqualTo("/data");
        assertThat(api.create(List.of(hook(), map("a", "((")), List.of(edge("hook", "a")), Map.of())
                        .pointer())
                .isEqualTo("/data/attributes/graph/nodes/1/fields/expression");

        // What came of the calls before would have come before this one, or stand beside it.
        var good = fire(flow, Map.of("n", 1));
        api.awaitExecution(good, "completed");
        assertThat(SINK.calls("hostile"))
                .extracting(sent -> sent.body().path("n").intValue())
                .containsExactly(1);
        assertThat(executions(flow)).hasSize(1);
    }

    @Test
    void anExpressionThatNeverEndsIsAnErrorAndOthersGoOn() {
        var hostile = List.of(
                "($f := function($n) {$f($n + 1)}; $f(0))",
                "$count([1..9999999].[1..9999999])",
                "($g := function($s) {$g($s & $s)}; $g(\"xxxxxxxx\"))",
                "$pad(\"x\", 2000000000)");
        var failing = new ArrayList<String>();
        for (var expression : hostile) {
            var flow = api.run(List.of(hook(), map("mean", expression)));
            failing.add(fire(flow, Map.of("n", 1)));
        }
        var good = api.run(List.of(hook(), map("fine", "{\"n\": n + 1}"), call("out", "fine")));
        fire(good, Map.of("n", 1));

        assertThat(SINK.await("fine", 1).getFirst().path("n").intValue()).isEqualTo(2);
        failing.forEach(id -> api.awaitExecution(id, "failed"));
    }

    @Test
    void aStartedFlowIsShownActiveAndAStoppedOneTakesNoCalls() {
        var flow = api.run(List.of(hook(), map("m", "$")));
        assertThat(api.post("/v2/flows/" + flow + "/start", "").status()).isEqualTo(409);
        fire(flow, Map.of());

        api.stop(flow);

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> api.hook(flow, Map.of()).status() == 404);
        assertThat(api.post("/v2/flows/" + flow + "/stop", "").code()).isEqualTo("invalid-state");
        assertThat(api.delete("/v2/flows/" + flow).status()).isEqualTo(204);
        assertThat(api.get("/v2/flows/" + flow).status()).isEqualTo(404);
    }
}
