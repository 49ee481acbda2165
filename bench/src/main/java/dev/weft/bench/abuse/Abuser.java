package dev.weft.bench.abuse;

import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A tenant with an ordinary tenant's rights, and what it has begun. */
public final class Abuser implements AutoCloseable {

    /** A flow of its own is active. */
    static final String STARTED = "started";

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Map<String, Object> TRIGGER = Map.of("id", "trigger", "command", "weft/webhook:receive");

    /** Not that of the others' clients: much is counted by address. */
    private final HttpClient http = HttpClient.newBuilder()
            .localAddress(InetAddress.ofLiteral("127.0.0.2"))
            .build();

    private final WeftApi api;
    private final List<String> flows = new ArrayList<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    public Abuser(WeftApi api) {
        this.api = api;
    }

    WeftApi api() {
        return api;
    }

    static Map<String, Object> step(String id, String command, Map<String, Object> fields) {
        return Map.of("id", id, "command", command, "fields", fields);
    }

    static Map<String, Object> edge(String source, String target) {
        return Map.of("source", source, "target", target);
    }

    /** A flow of a webhook and these steps one behind the other, started; what the API refuses is counted and no flow. */
    void flow(List<Map<String, Object>> steps, Map<String, Object> config, String... bodies)
            throws InterruptedException {
        var nodes = new ArrayList<Map<String, Object>>();
        nodes.add(TRIGGER);
        nodes.addAll(steps);
        var edges = new ArrayList<Map<String, Object>>();
        for (var i = 1; i < nodes.size(); i++) {
            edges.add(edge(
                    String.valueOf(nodes.get(i - 1).get("id")),
                    String.valueOf(nodes.get(i).get("id"))));
        }
        graph(nodes, edges, config, bodies);
    }

    /** The same with edges between the webhook, called {@code trigger}, and the steps. */
    void graph(
            List<Map<String, Object>> nodes,
            List<Map<String, Object>> edges,
            Map<String, Object> config,
            String... bodies)
            throws InterruptedException {
        try {
            var flow = api.createFlow("abuse", nodes, edges, Map.of("nodes_config", config));
            flows.add(flow);
            api.start(flow);
            count(STARTED);
            for (var body : bodies) {
                send("/hook/" + flow, "application/json", body.getBytes(StandardCharsets.UTF_8));
            }
        } catch (WeftApi.Refused refused) {
            count("refused " + refused.status());
        } catch (IOException e) {
            count("failed");
        }
    }

    static Map<String, Object> trigger() {
        return TRIGGER;
    }

    /** A flow that takes whatever comes and does nothing with it; empty when there is none. */
    String openHook() throws IOException, InterruptedException {
        var flow = api.createFlow(
                "takes all", List.of(TRIGGER, step("step", "weft/log:log", Map.of("message", "\"x\""))), Map.of());
        flows.add(flow);
        api.start(flow);
        return "/hook/" + flow;
    }

    /** Sends a body and does not wait for the answer, which is counted. */
    void send(String path, String type, byte[] body) {
        var _ = ask(HttpRequest.newBuilder(api.base().resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    CompletableFuture<Void> get(String path) {
        return ask(HttpRequest.newBuilder(api.base().resolve(path))
                .header("Authorization", api.authorization())
                .GET());
    }

    private CompletableFuture<Void> ask(HttpRequest.Builder request) {
        return http.sendAsync(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.discarding())
                .handle((answer, failure) -> {
                    count(failure == null ? Integer.toString(answer.statusCode()) : "no answer");
                    return null;
                });
    }

    void count(String what) {
        count(what, 1);
    }

    void count(String what, int times) {
        if (times > 0) {
            answers.merge(what, times, Integer::sum);
        }
    }

    /** Whether that has come to pass at all since the last time that answers were asked for. */
    public boolean has(String what) {
        return answers.containsKey(what);
    }

    /** How often it was answered what since the last time. */
    public String answers() {
        var counted = new TreeMap<>(answers);
        answers.clear();
        return counted.toString();
    }

    /** Stops what it has started; flows that do not become inactive. */
    public List<String> stopAll(Duration patience) throws InterruptedException {
        for (var flow : flows) {
            try {
                api.call("POST", "/v2/flows/" + flow + "/stop", "");
            } catch (IOException e) {
                count("stop refused");
            }
        }
        var left = new ArrayList<String>();
        var end = System.nanoTime() + patience.toNanos();
        for (var flow : flows) {
            try {
                var time = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                var status = new Patience(time).until("inactive"::equals, () -> api.status(flow));
                if (!status.equals("inactive")) {
                    left.add(flow + " " + status);
                }
            } catch (IOException e) {
                left.add(flow + " " + e.getMessage());
            }
        }
        flows.clear();
        return left;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
