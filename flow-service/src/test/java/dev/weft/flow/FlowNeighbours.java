package dev.weft.flow;

import static dev.weft.common.service.PlayedNeighbours.answer;
import static dev.weft.common.service.PlayedNeighbours.caller;
import static dev.weft.common.service.PlayedNeighbours.lastPart;
import static dev.weft.common.service.PlayedNeighbours.parameter;
import static dev.weft.common.service.PlayedNeighbours.part;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.weft.common.service.PlayedNeighbours;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The other services as this one sees them: who may do what, which functions exist, what credentials are for. */
public final class FlowNeighbours implements AutoCloseable {

    public static final String WEBHOOK_COMPONENT = "5a0000000000000000000c01";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> FUNCTIONS = Map.of(
            "weft/webhook:receive", function(WEBHOOK_COMPONENT, "webhook", "receive", "trigger", false, """
                    {"reply_timeout_ms": {"kind": "plain", "type": "integer", "minimum": 1000, "maximum": 60000}}"""),
            "weft/timer:timer", function("5a0000000000000000000c02", "timer", "timer", "trigger", true, """
                    {"interval": {"kind": "plain", "type": "string", "enum": ["minute", "hour"], "required": true,
                     "requiredUnless": "cron"}}"""),
            "weft/mapper:map", function("5a0000000000000000000c03", "mapper", "map", "action", false, """
                    {"expression": {"kind": "jsonata"}}"""),
            "acme/probe:work",
                    function("5a0000000000000000000c06", "probe", "work", "action", false, "{}")
                            .replace("\"team\":\"weft\"", "\"team\":\"acme\""),
            "weft/http:request", function("5a0000000000000000000c05", "http", "request", "action", false, "{}"),
            "weft/filter:filter", function("5a0000000000000000000c04", "filter", "filter", "action", false, """
                    {"expression": {"kind": "jsonata", "required": true}}"""));

    private final PlayedNeighbours played = new PlayedNeighbours();
    private final Map<String, String> grants = new ConcurrentHashMap<>();
    private final Map<String, String> credentials = new ConcurrentHashMap<>();
    private final Map<String, List<String>> lacks = new ConcurrentHashMap<>();
    final AtomicInteger graphsAskedAbout = new AtomicInteger();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final Map<String, Object> limits = new ConcurrentHashMap<>();
    private final Map<String, Boolean> stats = new ConcurrentHashMap<>();
    private final Map<String, String> successors = new ConcurrentHashMap<>();
    private final Set<String> limited = ConcurrentHashMap.newKeySet();

    public FlowNeighbours() {
        played.serve("/internal/access/workspaces/", this::access)
                .serve("/internal/workspaces/", this::workspace)
                .serve("/internal/credentials/", this::aboutCredentials)
                .serve("/internal/components/resolve", this::resolve)
                .serve("/internal/quotas/workspaces/", this::flowLimits)
                .serve("/internal/quotas/contracts/", this::queueLimit);
    }

    /** What is asked there is answered in this way from now on. */
    public void fallIll(String path, HttpHandler illness) {
        played.fallIll(path, illness);
    }

    public void recover() {
        played.recover();
    }

    String url() {
        return played.url();
    }

    /** A user with these permissions in the workspace, a member of it. */
    public void allow(String user, String workspace, String contract, String tenant, String... permissions) {
        var names = String.join(
                ",",
                List.of(permissions).stream().map(name -> "\"" + name + "\"").toList());
        grants.put(user + workspace, """
                {"tenantId":"%s","contractId":"%s","contractStatus":"active","member":true,"permissions":[%s]}""".formatted(tenant, contract, names));
    }

    void addCredential(String id, String component) {
        credentials.put(id, component);
    }

    /** No flow can start with the credential, for this reason. */
    void spoilCredential(String id, String lack) {
        lacks.put(id, List.of(lack));
    }

    /** How many flows a workspace or contract may have: {@code field} is what is counted by. */
    void limitFlows(String workspace, String field, String id, int limit, List<String> uncounted) {
        limits.put(
                workspace,
                Map.of(
                        "limits",
                        List.of(Map.of(
                                "quota", "per_" + field + "_flow_count_limit",
                                "field", field,
                                "id", id,
                                "limit", limit,
                                "uncounted", uncounted))));
    }

    void limitContainers(String contract, int limit) {
        limits.put(contract, Map.of("containers", limit));
    }

    void limitQueues(String contract, int limit) {
        limits.put(contract, limit < 0 ? Map.of() : Map.of("queues", limit));
    }

    void withoutStats(String workspace) {
        stats.put(workspace, false);
    }

    /** The user is no member any more, and what was the user's is another's. */
    public void succeed(String user, String successor) {
        successors.put(user, successor);
    }

    public void limit(String workspace) {
        limited.add(workspace);
    }

    public void unlimit(String workspace) {
        limited.remove(workspace);
    }

    /** The Authorization header of a user. */
    public String bearer(String id, String tenant) {
        return played.bearer("user", id, tenant);
    }

    /** The Authorization header of another service. */
    String bearerOfAService() {
        return played.bearer("service", "execution-service", null);
    }

    /** As it is when it was signed with a key that nobody has seen yet. */
    String bearerOfANewKey(String id, String tenant) {
        return played.bearerOfANewKey(id, tenant);
    }

    /** What happens while this service waits for the next answer about permissions. */
    void meanwhile(Runnable happening) {
        meanwhile.set(happening);
    }

    private void access(HttpExchange exchange) throws IOException {
        meanwhile.getAndSet(() -> {}).run();
        answer(exchange, grants.get(caller(exchange).getSubject() + lastPart(exchange)));
    }

    private void flowLimits(HttpExchange exchange) throws IOException {
        answer(exchange, limits.getOrDefault(part(exchange, 4), Map.of("limits", List.of())));
    }

    private void queueLimit(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                limits.getOrDefault(
                        lastPart(exchange), Map.of("queues", Integer.parseInt(parameter(exchange, "queues")))));
    }

    private void workspace(HttpExchange exchange) throws IOException {
        var last = lastPart(exchange);
        if (exchange.getRequestURI().getPath().contains("/heirs/")) {
            answer(exchange, Map.of("user_id", successors.getOrDefault(last, last)));
            return;
        }
        answer(
                exchange,
                Map.of(
                        "flow_stats_enabled_default",
                        stats.getOrDefault(last, true),
                        "type",
                        limited.contains(last) ? "limited" : "full"));
    }

    private void aboutCredentials(HttpExchange exchange) throws IOException {
        var readiness = lastPart(exchange).equals("readiness");
        var answers = new HashMap<String, Object>();
        for (var id : JSON.readTree(exchange.getRequestBody().readAllBytes()).path("ids")) {
            var component = credentials.get(id.stringValue());
            if (component != null) {
                answers.put(id.stringValue(), readiness ? lacks.getOrDefault(id.stringValue(), List.of()) : component);
            }
        }
        answer(exchange, answers);
    }

    private void resolve(HttpExchange exchange) throws IOException {
        graphsAskedAbout.incrementAndGet();
        var answers = new ArrayList<String>();
        for (JsonNode command :
                JSON.readTree(exchange.getRequestBody().readAllBytes()).path("commands")) {
            answers.add(FUNCTIONS.getOrDefault(command.stringValue(), "null"));
        }
        answer(exchange, "[" + String.join(",", answers) + "]");
    }

    private static String function(
            String id, String component, String method, String kind, boolean polling, String fields) {
        return """
                {"component_id":"%s","revision":"%s","team":"weft","component":"%s","method":"%s","kind":"%s","polling":%s,
                 "function":{"title":"T","fields":%s},"credentials":null,"service":null}""".formatted(id, "b".repeat(40), component, method, kind, polling, fields);
    }

    @Override
    public void close() {
        played.close();
    }
}
