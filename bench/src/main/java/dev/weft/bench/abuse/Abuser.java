package dev.weft.bench.abuse;

import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.RefusedCall;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A tenant with an ordinary tenant's rights, and what it has begun. */
final class Abuser implements AutoCloseable {

    /** A flow of its own is active. */
    static final String STARTED = "started";

    private final WeftApi api;
    private final List<String> flows = new ArrayList<>();
    private final AnswerCounts answers = new AnswerCounts();
    private final AbuserRequests requests;

    public Abuser(WeftApi api) {
        this.api = api;
        this.requests = new AbuserRequests(api, answers);
    }

    AbuserRequests requests() {
        return requests;
    }

    WeftApi api() {
        return api;
    }

    /** A flow of a webhook and these steps one behind the other, started; what the API refuses is counted and no flow. */
    void flow(List<Map<String, Object>> steps, Map<String, Object> config, String... bodies)
            throws InterruptedException {
        var nodes = new ArrayList<Map<String, Object>>();
        nodes.add(AbuseGraph.TRIGGER);
        nodes.addAll(steps);
        graph(nodes, AbuseGraph.chain(nodes), config, bodies);
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
                requests.send("/hook/" + flow, "application/json", body.getBytes(StandardCharsets.UTF_8));
            }
        } catch (RefusedCall refused) {
            count("refused " + refused.status());
        } catch (IOException e) {
            count("failed");
        }
    }

    /** A flow that takes whatever comes and does nothing with it; empty when there is none. */
    String openHook() throws IOException, InterruptedException {
        var flow = api.createFlow(
                "takes all",
                List.of(AbuseGraph.TRIGGER, AbuseGraph.step("step", "weft/log:log", Map.of("message", "\"x\""))),
                Map.of());
        flows.add(flow);
        api.start(flow);
        return "/hook/" + flow;
    }

    void count(String what) {
        answers.count(what, 1);
    }

    /** What has come to pass. */
    AnswerCounts answers() {
        return answers;
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
        requests.close();
    }
}
