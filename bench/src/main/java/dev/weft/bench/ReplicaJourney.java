package dev.weft.bench;

import dev.weft.bench.measure.HttpConnection;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must work whichever replicas answer: log in, make and start a flow with a code step through one gateway, call it
 * through the same, find the executions through the other.
 */
final class ReplicaJourney {

    private static final int CALLS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Map<String, Object>> NODES = List.of(
            Map.of("id", "hook", "command", "weft/webhook:receive"),
            Map.of(
                    "id",
                    "code",
                    "command",
                    "weft/code:execute",
                    "fields",
                    Map.of("code", "async function run(msg) { return {n: msg.body.n * 2}; }")),
            Map.of("id", "reply", "command", "weft/http:reply"));

    private ReplicaJourney() {}

    /** The first start of all services at once made one of each, and both gateways know the same. */
    static void requireOneOfEach(WeftApi first, WeftApi second) throws IOException, InterruptedException {
        for (var path : List.of("/v2/users", "/v2/contracts", "/v2/workspaces")) {
            var ids = patiently(() -> {
                var found = ids(first, path);
                return found.isEmpty() ? Set.of() : found;
            });
            if (ids.size() != 1 || !ids(second, path).equals(ids)) {
                throw new IOException("Both gateways should list the one of " + path + ", and list " + ids + " and "
                        + ids(second, path));
            }
        }
    }

    private static Set<String> ids(WeftApi api, String path) throws IOException, InterruptedException {
        var ids = new HashSet<String>();
        api.call("GET", path, "")
                .path("data")
                .forEach(entry -> ids.add(entry.path("id").stringValue()));
        return ids;
    }

    /** The id of a flow made, started and called here; all of it may have to be tried again for a while. */
    static String run(WeftApi here, WeftApi there) throws IOException, InterruptedException {
        var me = patiently(() ->
                here.call("GET", "/v2/users/me", "").path("data").path("id").asString(""));
        if (!there.call("GET", "/v2/users/me", "")
                .path("data")
                .path("id")
                .asString("")
                .equals(me)) {
            throw new IOException("The gateways do not agree on who I am.");
        }
        var flow = patiently(() -> {
            var made = here.createFlow("Replicas", NODES, Map.of());
            here.start(made);
            return made;
        });
        call(here, there, flow);
        return flow;
    }

    /** Calls a flow through one gateway; every call is found as a completed execution through the other. */
    static void call(WeftApi here, WeftApi there, String flow) throws IOException, InterruptedException {
        var before = completed(there, flow);
        try (var connection = new HttpConnection(here.base())) {
            for (var n = 1; n <= CALLS; n++) {
                answer(connection, flow, n);
            }
        }
        for (var end = System.nanoTime() + PATIENCE.toNanos();
                completed(there, flow) != before + CALLS;
                Thread.sleep(200)) {
            if (System.nanoTime() > end) {
                throw new IOException(
                        "Of " + CALLS + " calls " + (completed(there, flow) - before) + " are completed executions.");
            }
        }
    }

    private static void answer(HttpConnection connection, String flow, int n) throws IOException {
        var answer = connection.post("/hook/" + flow, ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8));
        var body = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() != 200 || !body.contains("\"n\":" + n * 2)) {
            throw new IOException("Call " + n + " was answered " + answer.status() + " " + body);
        }
    }

    private static int completed(WeftApi api, String flow) throws IOException, InterruptedException {
        var completed = 0;
        var path = "/v2/flows/" + flow + "/executions?page[size]=100";
        for (var execution : api.call("GET", path.replace("[", "%5B").replace("]", "%5D"), "")
                .path("data")) {
            if (execution.path("attributes").path("status").asString("").equals("completed")) {
                completed++;
            }
        }
        return completed;
    }

    private static <T> T patiently(ReplicaUse<T> use) throws IOException, InterruptedException {
        for (var end = System.nanoTime() + PATIENCE.toNanos(); ; Thread.sleep(200)) {
            try {
                return use.apply();
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }
}
