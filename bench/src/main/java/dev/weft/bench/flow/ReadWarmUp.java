package dev.weft.bench.flow;

import dev.weft.bench.launch.OwnPlace;
import dev.weft.bench.measure.Arguments;
import dev.weft.bench.measure.HttpConnection;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Starts an installation of its own, ends and starts it again, and reads one flow from the second start on as fast as it
 * goes: after how many seconds of the process's life nine tenths of the warm rate are reached.
 */
final class ReadWarmUp {

    private static final int STEADY = 3;
    private static final double NEARLY = 0.9;

    private ReadWarmUp() {}

    static void run(Arguments options) throws Exception {
        var seconds = options.number("seconds", 120);
        var place = OwnPlace.of(options, "warm-up", List.of("standalone", "embedded-store"));
        var weft = place.weft(Map.of());
        weft.run("up");
        var api = new WeftApi(weft.credentials());
        var flow = api.createFlow("reads", ReadBench.NODES, Map.of());
        weft.run("down");
        weft.run("servers");
        var answered = new AtomicIntegerArray(seconds + 60);
        var begun = Instant.now();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Future<?>>();
            for (var i = 0; i < options.number("connections", 32); i++) {
                readers.add(threads.submit(() -> {
                    readUntil(api, "/v2/flows/" + flow, begun.plusSeconds(seconds), begun, answered);
                    return null;
                }));
            }
            weft.run("up");
            for (var reader : readers) {
                reader.get();
            }
        }
        tell(answered, seconds, (int)
                Duration.between(begun, weft.startOf("standalone")).toSeconds());
        weft.run("down");
        place.delete();
    }

    /** Nobody listens at first, and what listens may refuse for a while. */
    private static void readUntil(WeftApi api, String path, Instant end, Instant begun, AtomicIntegerArray answered)
            throws InterruptedException {
        while (Instant.now().isBefore(end)) {
            try (var connection = new HttpConnection(api.base())) {
                while (Instant.now().isBefore(end)
                        && connection.get(path, api.authorization()).status() == 200) {
                    answered.incrementAndGet(
                            (int) Duration.between(begun, Instant.now()).toSeconds());
                }
            } catch (IOException e) {
                // Not there yet.
            }
            Thread.sleep(50);
        }
    }

    /** @param start of the process, in seconds of the series */
    private static void tell(AtomicIntegerArray answered, int seconds, int start) {
        var rates = new int[seconds - start];
        Arrays.setAll(rates, second -> answered.get(start + second));
        var warm = mean(rates, rates.length * 3 / 4, rates.length);
        var text = new StringBuilder("reads/s, means of 5 s from the start of the process on:");
        for (var second = 0; second + 5 <= rates.length; second += 5) {
            text.append(' ').append(Math.round(mean(rates, second, second + 5)));
        }
        System.out.println(text);
        System.out.printf(
                Locale.ROOT,
                "warm rate %.0f/s; first answer after %d s, nine tenths of the warm rate after %d s%n",
                warm,
                first(rates, 1, 1),
                first(rates, STEADY, warm * NEARLY));
    }

    /** The first second from which on the mean of some seconds is at least that. */
    private static int first(int[] rates, int width, double least) {
        for (var second = 0; second + width <= rates.length; second++) {
            if (mean(rates, second, second + width) >= least) {
                return second;
            }
        }
        return rates.length;
    }

    private static double mean(int[] rates, int from, int to) {
        return Arrays.stream(rates, from, to).average().orElse(0);
    }
}
