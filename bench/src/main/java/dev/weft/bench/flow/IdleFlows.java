package dev.weft.bench.flow;

import dev.weft.bench.measure.Arguments;
import dev.weft.bench.measure.ProcessUsage;
import dev.weft.bench.measure.WeftApi;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What active flows cost that do nothing: starts {@code --flows=1000} three-step flows, eight at a time, and prints how
 * long that takes and what each process uses before, after, and over a quiet {@code --idle=30} seconds. They stay active
 * unless {@code --keep=false}.
 */
public final class IdleFlows {

    private IdleFlows() {}

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        var credentials = Path.of(options.text("credentials", ".weft/credentials.json"));
        var count = options.number("flows", 1000);
        var api = new WeftApi(credentials);
        var usage = new ProcessUsage(credentials.resolveSibling("run"));
        var before = usage.sample();
        var begun = Instant.now();
        var flows = startAll(api, count);
        System.out.printf(
                Locale.ROOT,
                "%d flows created and active in %d s%n",
                count,
                Duration.between(begun, Instant.now()).toSeconds());
        var active = usage.sample();
        System.out.print(ProcessUsage.difference(before, active, count));
        var idle = options.number("idle", 30);
        Thread.sleep(Duration.ofSeconds(idle));
        System.out.printf(Locale.ROOT, "%d s of rest:%n", idle);
        System.out.print(ProcessUsage.difference(active, usage.sample(), count));
        if (!Boolean.parseBoolean(options.text("keep", "false"))) {
            for (var flow : flows) {
                api.stop(flow);
            }
        }
    }

    private static List<String> startAll(WeftApi api, int count) throws Exception {
        var flows = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var starts = new ArrayList<Future<String>>();
            for (var i = 0; i < count; i++) {
                var name = "idle " + i;
                starts.add(threads.submit(() -> {
                    var flow = api.createFlow(name, nodes(), Map.of());
                    api.start(flow);
                    return flow;
                }));
            }
            for (var start : starts) {
                flows.add(start.get());
            }
        }
        return flows;
    }

    private static List<Map<String, Object>> nodes() {
        return List.of(
                Map.of("id", "hook", "command", "weft/webhook:receive"),
                Map.of("id", "map", "command", "weft/mapper:map"),
                Map.of(
                        "id", "out",
                        "command", "weft/http:request",
                        "fields", Map.of("url", "http://127.0.0.1:9/none")));
    }
}
