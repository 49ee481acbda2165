package dev.weft.bench.flow;

import dev.weft.bench.measure.Arguments;
import dev.weft.bench.measure.Latencies;
import dev.weft.bench.measure.ProcessUsage;
import dev.weft.bench.measure.SinkServer;
import dev.weft.bench.measure.WeftApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Calls a flow webhook → mapper → http:request(sink), or → http:reply, for some seconds over some connections and
 * reports what was accepted, what was completed, how long both took, and what each process used. One lost id voids the
 * run: exit code 1.
 *
 * <p>{@code --seconds=60 --connections=64 --rate=0 --prefetch=64 --reply=false --credentials=.weft/credentials.json
 * --broker=amqp://..}; rate 0: as fast as it goes.
 */
public final class FlowBench {

    private FlowBench() {}

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        var seconds = options.number("seconds", 60);
        var credentials = Path.of(options.text("credentials", ".weft/credentials.json"));
        var prefetch = options.number("prefetch", 64);
        var reply = Boolean.parseBoolean(options.text("reply", "false"));
        var api = new WeftApi(credentials);
        var usage = new ProcessUsage(credentials.resolveSibling("run"));
        var arrivals = new Arrivals(seconds * 12_000);
        try (var sink = new SinkServer(arrivals::arrived)) {
            var flow =
                    api.createFlow("bench " + System.currentTimeMillis(), nodes(sink, reply), config(prefetch, reply));
            System.out.printf(
                    Locale.ROOT,
                    "flow %s started in %d ms%n",
                    flow,
                    api.start(flow).toMillis());
            var load = new WebhookLoad(
                    api.base(), flow, options.number("connections", 64), options.number("rate", 0), arrivals);
            load.run(Duration.ofSeconds(Math.min(10, seconds)));
            arrivals.awaitAll(Duration.ofMinutes(1));
            var warm = arrivals.sent();
            var before = usage.sample();
            var begun = System.nanoTime();
            var acks = load.run(Duration.ofSeconds(seconds));
            var accepted = (System.nanoTime() - begun) / 1e9;
            var complete = reply || arrivals.awaitAll(Duration.ofMinutes(2));
            var completed = (System.nanoTime() - begun) / 1e9;
            report(acks, arrivals, warm, accepted, completed, reply, prefetch);
            System.out.print(ProcessUsage.difference(before, usage.sample(), arrivals.sent() - warm));
            api.stop(flow);
            if (!complete) {
                System.out.println("LOST: " + arrivals.missing() + " acknowledged ids did not arrive; the run is void");
                System.exit(1);
            }
        }
        if (!options.text("broker", "").isEmpty()) {
            RawBroker.main(new String[] {"--uri=" + options.text("broker", ""), "--seconds=15", "--hops=1"});
            RawBroker.main(new String[] {"--uri=" + options.text("broker", ""), "--seconds=15", "--hops=3"});
        }
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

    private static Map<String, Object> config(int prefetch, boolean reply) {
        return reply ? Map.of() : Map.of("out", Map.of("prefetch", prefetch));
    }

    private static void report(
            Latencies acks,
            Arrivals arrivals,
            int warm,
            double accepted,
            double completed,
            boolean reply,
            int prefetch) {
        var calls = arrivals.sent() - warm;
        System.out.printf(
                Locale.ROOT,
                "calls %d, accepted %d, refused (429/503) %d, prefetch %d%n",
                calls,
                acks.count(),
                arrivals.refused(),
                prefetch);
        System.out.printf(Locale.ROOT, "accepted/s %.0f   %s%n", acks.count() / accepted, acks.summary());
        if (!reply) {
            System.out.printf(
                    Locale.ROOT,
                    "completed/s %.0f   end to end %s, lost %d, duplicates %d%n",
                    acks.count() / completed,
                    arrivals.endToEnd(warm).summary(),
                    arrivals.missing(),
                    arrivals.duplicates());
        }
    }
}
