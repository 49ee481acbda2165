package dev.weft.bench.abuse;

import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A tenant that wants no more than its flows and the API answered, so many a second, whatever others do: a flow that maps and
 * replies, one that runs code and replies, and the list of its flows. How long an answer took is told by spans of time.
 */
final class VictimCalls implements AutoCloseable {

    static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final Map<String, HttpRequest> requests;
    private final int aSecond;
    private volatile VictimSpan span;

    private VictimCalls(Map<String, HttpRequest> requests, int rate) {
        this.requests = requests;
        this.aSecond = rate * requests.size();
        this.span = new VictimSpan(aSecond);
    }

    /** Makes the flows and begins to call them. */
    public static VictimCalls begin(WeftApi api, int rate) throws IOException, InterruptedException {
        var mapping = flow(api, "maps", step("weft/mapper:map", Map.of("expression", "{\"id\": id}")));
        var code = flow(
                api,
                "runs code",
                step(
                        "weft/code:execute",
                        Map.of(
                                "code",
                                "async function run(msg) { await this.emit('data', {body: {id: msg.body.id}}); }")));
        var list = HttpRequest.newBuilder(api.base().resolve(api.flowList()))
                .header("Authorization", api.authorization())
                .timeout(ANSWER)
                .build();
        var calls = new VictimCalls(Map.of("map", call(mapping), "code", call(code), "list", list), rate);
        var pause = TimeUnit.SECONDS.toNanos(1) / rate;
        var _ = calls.clock.scheduleAtFixedRate(
                () -> calls.requests.forEach(calls::send), pause, pause, TimeUnit.NANOSECONDS);
        return calls;
    }

    private static URI flow(WeftApi api, String name, Map<String, Object> step)
            throws IOException, InterruptedException {
        var flow = new Patience(Duration.ofMinutes(1))
                .apply(() -> api.createFlow(
                        name,
                        List.of(
                                Map.of("id", "trigger", "command", "weft/webhook:receive"),
                                step,
                                Map.of(
                                        "id",
                                        "out",
                                        "command",
                                        "weft/http:reply",
                                        "fields",
                                        Map.of("body", "{\"id\": id}"))),
                        Map.of("step", Map.of("prefetch", 16))));
        api.start(flow);
        return api.base().resolve("/hook/" + flow);
    }

    private static Map<String, Object> step(String command, Map<String, Object> fields) {
        return Map.of("id", "step", "command", command, "fields", fields);
    }

    private static HttpRequest call(URI hook) {
        return HttpRequest.newBuilder(hook)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\": 1}"))
                .build();
    }

    private void send(String kind, HttpRequest request) {
        var within = span;
        var begun = System.nanoTime();
        within.begins();
        var _ = http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failure) -> {
            if (failure != null) {
                within.failed(String.valueOf(failure.getMessage()));
            } else if (answer.statusCode() != 200) {
                within.failed(answer.statusCode() + " " + answer.body());
            }
            within.answered(kind, System.nanoTime() - begun);
        });
    }

    /** Calls that begin from now on belong to a new span. */
    public VictimSpan span() {
        var next = new VictimSpan(aSecond);
        span.ends();
        span = next;
        return next;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        http.close();
    }
}
