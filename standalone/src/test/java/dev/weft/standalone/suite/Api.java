package dev.weft.standalone.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public API through one gateway, as the tenant admin unless another login is given. Each good answer of the platform
 * API is held against its description.
 */
final class Api {

    /** Status and document of an answer. */
    record Answer(int status, JsonNode body) {

        JsonNode data() {
            return body.path("data");
        }

        String code() {
            return body.path("errors").path(0).path("code").asString("");
        }

        String pointer() {
            return body.path("errors").path(0).path("source").path("pointer").asString("");
        }
    }

    static final JsonMapper JSON = new JsonMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI gateway;
    private final String authorization;
    private String workspace = "";

    Api(URI gateway, JsonNode credentials) {
        this(
                gateway,
                credentials.path("tenant_admin").path("email").stringValue(),
                credentials.path("tenant_admin").path("api_key").stringValue());
    }

    Api(URI gateway, String login, String password) {
        this(
                gateway,
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /** Somebody who says not who he is. */
    static Api ofNobody(URI gateway) {
        return new Api(gateway, "");
    }

    private Api(URI gateway, String authorization) {
        this.gateway = gateway;
        this.authorization = authorization;
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, Object body) {
        return send(request(path).POST(json(body)));
    }

    Answer patch(String path, Object body) {
        return send(request(path).method("PATCH", json(body)));
    }

    Answer put(String path, Object body) {
        return send(request(path).PUT(json(body)));
    }

    /** Any call; an empty text is no body. */
    Answer call(String method, String path, Object body) {
        return send(request(path).method(method, json(body)));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** A webhook call; nobody logs in for it. */
    Answer hook(String flow, Object body) {
        return send(HttpRequest.newBuilder(gateway.resolve("/hook/" + flow))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(json(body)));
    }

    /** Of somebody who says not who he is. */
    Answer postAsNobody(String path, Object body) {
        return send(HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(json(body)));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        return HttpRequest.BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var sent = request.build();
            var answer = http.send(sent, HttpResponse.BodyHandlers.ofString());
            var text = answer.body();
            var body = text.isEmpty() ? JSON.nullNode() : JSON.readTree(text);
            if (answer.statusCode() / 100 == 2 && sent.uri().getPath().startsWith("/v2/")) {
                DescribedAnswers.require(sent.method(), sent.uri().getPath(), answer.statusCode(), body);
            }
            return new Answer(answer.statusCode(), body);
        } catch (IOException e) {
            return new Answer(0, JSON.nullNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    // ---- flows

    /** The same login, with another workspace for what it makes. */
    Api in(String otherWorkspace) {
        var other = new Api(gateway, authorization);
        other.workspace = otherWorkspace;
        return other;
    }

    /** The default workspace; it is made a moment after the first start. */
    String workspace() {
        if (workspace.isEmpty()) {
            Awaitility.await("the default workspace")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> get("/v2/workspaces").data().size() > 0);
            workspace = get("/v2/workspaces").data().path(0).path("id").stringValue();
        }
        return workspace;
    }

    static Map<String, Object> node(String id, String command, Map<String, Object> fields) {
        return Map.of("id", id, "command", command, "fields", fields);
    }

    static Map<String, Object> edge(String source, String target) {
        return Map.of("source", source, "target", target);
    }

    static Map<String, Object> edge(String source, String target, Map<String, Object> mapper, String condition) {
        var config = new LinkedHashMap<String, Object>();
        config.put("mapper", mapper);
        config.put("condition", condition);
        return Map.of("source", source, "target", target, "config", config);
    }

    /** Edges from each node to the next. */
    static List<Map<String, Object>> chain(List<Map<String, Object>> nodes) {
        var edges = new ArrayList<Map<String, Object>>();
        for (var i = 1; i < nodes.size(); i++) {
            edges.add(edge(
                    nodes.get(i - 1).get("id").toString(),
                    nodes.get(i).get("id").toString()));
        }
        return edges;
    }

    Answer create(List<Map<String, Object>> nodes, List<Map<String, Object>> edges, Map<String, Object> more) {
        var attributes = new LinkedHashMap<String, Object>(Map.of(
                "name", "Journey",
                "type", "ordinary",
                "default_mapper_type", "jsonata",
                "graph", Map.of("nodes", nodes, "edges", edges)));
        attributes.putAll(more);
        return post(
                "/v2/flows",
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "flow",
                                "attributes",
                                attributes,
                                "relationships",
                                Map.of("workspace", Map.of("data", Map.of("type", "workspace", "id", workspace()))))));
    }

    /** Creates a flow, starts it, and waits until it is active. */
    String run(List<Map<String, Object>> nodes, List<Map<String, Object>> edges, Map<String, Object> more) {
        var made = create(nodes, edges, more);
        if (made.status() != 201) {
            throw new AssertionError("The flow was answered " + made);
        }
        var flow = made.data().path("id").stringValue();
        start(flow);
        return flow;
    }

    String run(List<Map<String, Object>> nodes) {
        return run(nodes, chain(nodes), Map.of());
    }

    void start(String flow) {
        var answer = post("/v2/flows/" + flow + "/start", "");
        if (answer.status() != 202) {
            throw new AssertionError("The start was answered " + answer);
        }
        awaitStatus(flow, "active");
    }

    void stop(String flow) {
        post("/v2/flows/" + flow + "/stop", "");
        awaitStatus(flow, "inactive");
    }

    void awaitStatus(String flow, String status) {
        Awaitility.await("flow " + flow + " to be " + status)
                .atMost(Duration.ofMinutes(2))
                .until(() -> get("/v2/flows/" + flow)
                        .data()
                        .path("attributes")
                        .path("current_status")
                        .asString("")
                        .equals(status));
    }

    /** The attributes of an execution, once it has that status. */
    JsonNode awaitExecution(String id, String status) {
        var seen = new AtomicReference<JsonNode>(JSON.nullNode());
        Awaitility.await("execution " + id + " to be " + status)
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    seen.set(get("/v2/executions/" + id).data().path("attributes"));
                    return seen.get().path("status").asString("").equals(status);
                });
        return seen.get();
    }
}
