package dev.weft.bench.flow;

import dev.weft.bench.measure.Arguments;
import dev.weft.bench.measure.HttpConnection;
import dev.weft.bench.measure.Latencies;
import dev.weft.bench.measure.ProcessUsage;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code GET /v2/flows/{id}} through the gateway, permission check included. {@code --seconds=20 --connections=32
 * --credentials=..}; the installation's rate limit must be off. With {@code --warm-up=true --seconds=120 --root=. --port=21080}
 * an installation of its own is started, and the time until it is warm told.
 */
public final class ReadBench {

    static final List<Map<String, Object>> NODES = List.of(
            Map.of("id", "a", "command", "weft/webhook:receive"), Map.of("id", "b", "command", "weft/mapper:map"));

    private ReadBench() {}

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        if (Boolean.parseBoolean(options.text("warm-up", "false"))) {
            ReadWarmUp.run(options);
            return;
        }
        var credentials = Path.of(options.text("credentials", ".weft/credentials.json"));
        var seconds = options.number("seconds", 20);
        var connections = options.number("connections", 32);
        var api = new WeftApi(credentials);
        var flow = api.createFlow("reads " + System.currentTimeMillis(), NODES, Map.of());
        read(api, "/v2/flows/" + flow, 5, connections);
        var usage = new ProcessUsage(credentials.resolveSibling("run"));
        var before = usage.sample();
        var latencies = read(api, "/v2/flows/" + flow, seconds, connections);
        System.out.printf(
                Locale.ROOT,
                "GET /v2/flows/{id}: %.0f/s   %s%n",
                latencies.count() / (double) seconds,
                latencies.summary());
        System.out.print(ProcessUsage.difference(before, usage.sample(), latencies.count()));
    }

    private static Latencies read(WeftApi api, String path, int seconds, int connections) throws Exception {
        var latencies = new Latencies(seconds * 20_000);
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Future<?>>();
            for (var i = 0; i < connections; i++) {
                readers.add(threads.submit(() -> {
                    readUntil(api, path, end, latencies);
                    return null;
                }));
            }
            for (var reader : readers) {
                reader.get();
            }
        }
        return latencies;
    }

    private static void readUntil(WeftApi api, String path, long end, Latencies latencies) throws IOException {
        try (var connection = new HttpConnection(api.base())) {
            for (var begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                var answer = connection.get(path, api.authorization());
                if (answer.status() != 200) {
                    throw new IOException(answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8));
                }
                latencies.add(System.nanoTime() - begun);
            }
        }
    }
}
