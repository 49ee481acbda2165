package dev.weft.bench;

import dev.weft.bench.measure.Arguments;
import dev.weft.bench.measure.HttpConnection;
import dev.weft.bench.measure.SinkServer;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Webhook → JSONata mapping → HTTP call → reply: creates the flow, starts it, calls it once, and prints what each step
 * received and emitted, read back from the executions API. {@code --credentials=.weft/credentials.json}.
 */
final class Demo {

    private static final String ORDER =
            "{\"customer\":\"Ada\",\"items\":[{\"sku\":\"tea\",\"price\":4,\"qty\":2},{\"sku\":\"cup\",\"price\":9,\"qty\":1}]}";

    private Demo() {}

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        var api = new WeftApi(Path.of(options.text("credentials", ".weft/credentials.json")));
        try (var sink = new SinkServer(body ->
                System.out.println("  the called service received " + new String(body, StandardCharsets.UTF_8)))) {
            var flow = api.createFlow("Demo: price an order", nodes(sink), Map.of());
            System.out.println("created flow " + flow);
            System.out.println("active after " + api.start(flow).toMillis() + " ms");
            try (var connection = new HttpConnection(api.base())) {
                System.out.println("POST /hook/" + flow + " " + ORDER);
                var answer = connection.post("/hook/" + flow, ORDER.getBytes(StandardCharsets.UTF_8));
                System.out.println(
                        "  answered " + answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            print(awaitExecution(api, flow));
            api.stop(flow);
        }
    }

    private static List<Map<String, Object>> nodes(SinkServer sink) {
        return List.of(
                Map.of("id", "receive", "command", "weft/webhook:receive", "name", "An order comes in"),
                Map.of(
                        "id", "price",
                        "command", "weft/mapper:map",
                        "fields", Map.of("expression", "{\"who\": customer, \"total\": $sum(items.(price * qty))}")),
                Map.of(
                        "id", "tell",
                        "command", "weft/http:request",
                        "fields", Map.of("method", "POST", "url", sink.url())),
                Map.of(
                        "id", "answer",
                        "command", "weft/http:reply",
                        "fields",
                                Map.of(
                                        "status", "201",
                                        "body",
                                                "{\"thanks\": elasticio.price.body.who, \"total\": elasticio.price.body.total, \"told\": status}")));
    }

    private static JsonNode awaitExecution(WeftApi api, String flow) throws IOException, InterruptedException {
        for (var end = Instant.now().plusSeconds(10); Instant.now().isBefore(end); Thread.sleep(50)) {
            var listed = api.call("GET", "/v2/flows/" + flow + "/executions", "")
                    .path("data")
                    .path(0);
            if (listed.path("attributes").path("status").asString("").equals("completed")) {
                return api.call("GET", "/v2/executions/" + listed.path("id").stringValue(), "")
                        .path("data");
            }
        }
        throw new IOException("The execution was not completed within 10 s.");
    }

    private static void print(JsonNode execution) {
        var attributes = execution.path("attributes");
        System.out.println("execution " + execution.path("id").stringValue() + " "
                + attributes.path("status").stringValue() + ", " + attributes.path("messages") + " steps");
        for (var step : attributes.path("steps")) {
            System.out.println("  " + step.path("step_id").stringValue() + " (" + step.path("duration_ms") + " ms)");
            System.out.println("    in  " + step.path("input").path("body"));
            for (var output : step.path("outputs")) {
                System.out.println("    out " + output.path("body"));
            }
        }
    }
}
