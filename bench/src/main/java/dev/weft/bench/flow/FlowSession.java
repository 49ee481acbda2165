package dev.weft.bench.flow;

import dev.weft.bench.measure.SinkServer;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** A flow webhook → mapper → http:request(sink), or → http:reply, that is called in several runs. */
final class FlowSession implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final WeftApi api;
    private final boolean reply;
    private final int connections;
    private final Arrivals arrivals;
    private final SinkServer sink;
    private final String flow;

    /** @param seconds of all runs together, at most */
    FlowSession(WeftApi api, int prefetch, boolean reply, int connections, int seconds)
            throws IOException, InterruptedException {
        this.api = api;
        this.reply = reply;
        this.connections = connections;
        this.arrivals = new Arrivals(seconds * 12_000);
        this.sink = new SinkServer(arrivals::arrived);
        this.flow = api.createFlow(
                "bench " + System.currentTimeMillis(),
                nodes(sink, reply),
                reply ? Map.of() : Map.of("out", Map.of("prefetch", prefetch)));
    }

    String flow() {
        return flow;
    }

    /** How long it took. */
    Duration start() throws IOException, InterruptedException {
        return api.start(flow);
    }

    void stop() throws IOException, InterruptedException {
        api.stop(flow);
    }

    /** @param rate 0: as fast as it goes */
    FlowFigures run(int rate, Duration time) throws InterruptedException, ExecutionException {
        var load = new WebhookLoad(api.base(), flow, connections, rate, arrivals);
        var sent = arrivals.sent();
        var refused = arrivals.refused();
        var duplicates = arrivals.duplicates();
        var begun = System.nanoTime();
        var acks = load.run(time);
        var accepted = (System.nanoTime() - begun) / 1e9;
        if (!reply) {
            arrivals.awaitAll(PATIENCE);
        }
        return new FlowFigures(
                arrivals.sent() - sent,
                arrivals.refused() - refused,
                acks,
                arrivals.endToEnd(sent),
                accepted,
                (System.nanoTime() - begun) / 1e9,
                reply ? 0 : arrivals.missing(),
                arrivals.duplicates() - duplicates);
    }

    private static List<Map<String, Object>> nodes(SinkServer sink, boolean reply) {
        var nodes = new ArrayList<Map<String, Object>>();
        nodes.add(Map.of("id", "hook", "command", "weft/webhook:receive"));
        nodes.add(Map.of(
                "id", "map",
                "command", "weft/mapper:map",
                "fields",
                        Map.of(
                                "expression",
                                "{\"id\": id, \"name\": customer.name, \"total\": $sum(items.price), \"pad\": pad}")));
        nodes.add(
                reply
                        ? Map.of("id", "out", "command", "weft/http:reply", "fields", Map.of("body", "$"))
                        : Map.of(
                                "id", "out",
                                "command", "weft/http:request",
                                "fields", Map.of("method", "POST", "url", sink.url(), "body", "$")));
        return nodes;
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
