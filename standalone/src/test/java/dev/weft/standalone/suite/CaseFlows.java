package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.chain;
import static dev.weft.standalone.suite.Api.node;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The flows that the rows of a table share, started all at once, and their calls from the bytes to what came of them. */
final class CaseFlows implements AutoCloseable {

    static final Map<String, Object> HOOK = node("hook", "weft/webhook:receive", Map.of());

    private final Topology topology = Topology.shared();
    private final Api api = new Api(topology.gateway(1), topology.credentials());
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Callable<String>> wanted = new LinkedHashMap<>();
    private final Map<String, String> flows = new LinkedHashMap<>();

    Api api() {
        return api;
    }

    CaseFlows flow(String name, List<Map<String, Object>> nodes) {
        return flow(name, nodes, chain(nodes), Map.of());
    }

    /** @param more attributes of the flow */
    CaseFlows flow(
            String name, List<Map<String, Object>> nodes, List<Map<String, Object>> edges, Map<String, Object> more) {
        wanted.put(name, () -> api.run(nodes, edges, more));
        return this;
    }

    /** Until all are active. */
    CaseFlows start() throws Exception {
        api.workspace();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var started = threads.invokeAll(wanted.values()).iterator();
            for (var name : wanted.keySet()) {
                flows.put(name, started.next().get());
            }
        }
        return this;
    }

    String id(String name) {
        return flows.get(name);
    }

    /** A call to {@code /hook/{flow}}. */
    HttpResponse<byte[]> call(String method, String name, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(topology.gateway(1).resolve("/hook/" + id(name)))
                .timeout(Duration.ofSeconds(40))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> post(String name, String json) throws IOException, InterruptedException {
        return call("POST", name, Map.of("Content-Type", "application/json"), json.getBytes(UTF_8));
    }

    /** What the admin gets at a path that is no document of the API. */
    HttpResponse<byte[]> file(String path) throws IOException, InterruptedException {
        var admin = topology.credentials().path("tenant_admin");
        var login =
                admin.path("email").stringValue() + ":" + admin.path("api_key").stringValue();
        return http.send(
                HttpRequest.newBuilder(topology.gateway(1).resolve(path))
                        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The only execution of a flow, once it is seen. */
    String only(String name) {
        var path = "/v2/flows/" + id(name) + "/executions";
        Awaitility.await("an execution of " + name)
                .atMost(Duration.ofSeconds(60))
                .until(() -> api.get(path).data().size() > 0);
        var found = api.get(path).data();
        assertThat(found.size()).isEqualTo(1);
        return found.path(0).path("id").stringValue();
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        return Api.JSON.readTree(answer.body());
    }

    /** What a flow answered with its message's body, without what a trigger adds to what was sent. */
    static JsonNode sent(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
        var body = (ObjectNode) json(answer);
        List.copyOf(body.propertyNames()).stream()
                .filter(name -> name.startsWith("_"))
                .forEach(body::remove);
        return body;
    }

    /** The execution behind an answer without a reply, once it has that status. */
    JsonNode execution(HttpResponse<byte[]> thanks, String status) {
        assertThat(thanks.statusCode()).as(new String(thanks.body(), UTF_8)).isEqualTo(200);
        return api.awaitExecution(json(thanks).path("requestId").stringValue(), status);
    }

    /** The only error record behind an answer that says 500. */
    JsonNode failure(HttpResponse<byte[]> answer) {
        var text = new String(answer.body(), UTF_8);
        assertThat(answer.statusCode()).as(text).isEqualTo(500);
        var error = json(answer).path("errors").path(0);
        assertThat(error.path("code").stringValue()).as(text).isEqualTo("internal-error");
        return failure(error.path("meta").path("exec_id").stringValue());
    }

    JsonNode failure(String execution) {
        var errors = api.awaitExecution(execution, "failed").path("errors");
        assertThat(errors.size()).as(errors.toString()).isEqualTo(1);
        return errors.path(0);
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Override
    public void close() {
        http.close();
    }
}
