package dev.weft.bench.flow;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.OwnPlace;
import dev.weft.bench.measure.Arguments;
import dev.weft.bench.measure.ProcessUsage;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Two builds of Weft side by side on one machine, measured by turns (A B, B A, A B, ..) so that both meet the same
 * weather: what each completes as fast as it goes, and how long acknowledgements take at half of what the first of a pair
 * could. Exit code 1 when the median of the ratios is too small, the median p99 of the second build too long, or a call
 * was lost.
 *
 * <p>{@code --before=<root of a built tree> --after=. --pairs=3 --seconds=20 --warm=30 --connections=64 --prefetch=64
 * --ratio=97 --ack=20 --port=21080}; the second installation is 100 ports higher.
 */
public final class FlowPairs {

    private static final List<String> MODULES = List.of("standalone", "embedded-store");

    private FlowPairs() {}

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        var port = options.number("port", 21080);
        var before = OwnPlace.of(Path.of(options.text("before", "")), "pairs-before", MODULES, port);
        var after = OwnPlace.of(Path.of(options.text("after", ".")), "pairs-after", MODULES, port + 100);
        var first = up(before);
        var second = up(after);
        var pairs = measure(options, first, second);
        var kept = tell(options, pairs);
        first.run("down");
        second.run("down");
        if (!kept) {
            System.exit(1);
        }
        before.delete();
        after.delete();
    }

    private static LaunchedWeft up(OwnPlace place) throws IOException, InterruptedException {
        var weft = place.weft(Map.of());
        weft.run("up");
        return weft;
    }

    private static List<BuildPair> measure(Arguments options, LaunchedWeft before, LaunchedWeft after)
            throws Exception {
        var seconds = options.number("seconds", 20);
        var warm = options.number("warm", 30);
        var count = options.number("pairs", 3);
        var pairs = new ArrayList<BuildPair>();
        try (var first = session(options, before, warm + 2 * seconds * count);
                var second = session(options, after, warm + 2 * seconds * count)) {
            first.start();
            second.start();
            first.run(0, Duration.ofSeconds(warm));
            second.run(0, Duration.ofSeconds(warm));
            var builds = List.of(new PairBuild(first, usage(before)), new PairBuild(second, usage(after)));
            System.out.println(
                    "| pair | completed/s before | after | ratio | CPU ms/flow before | after | ack p99 ms before |"
                            + " after | lost |");
            System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            for (var i = 0; i < count; i++) {
                var pair = BuildPair.of(builds.getFirst(), builds.getLast(), seconds, i % 2 == 1);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %.0f | %.0f | %.3f | %.3f | %.3f | %.1f | %.1f | %d |%n",
                        i + 1,
                        pair.before().completed(),
                        pair.after().completed(),
                        pair.ratio(),
                        pair.before().cpuMillis(),
                        pair.after().cpuMillis(),
                        pair.before().ackP99(),
                        pair.after().ackP99(),
                        pair.before().lost() + pair.after().lost());
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private static FlowSession session(Arguments options, LaunchedWeft weft, int seconds)
            throws IOException, InterruptedException {
        return new FlowSession(
                new WeftApi(weft.credentials()),
                options.number("prefetch", 64),
                false,
                options.number("connections", 64),
                seconds);
    }

    private static ProcessUsage usage(LaunchedWeft weft) {
        return new ProcessUsage(weft.home().resolve("run"));
    }

    private static boolean tell(Arguments options, List<BuildPair> pairs) {
        var ratio = median(pairs, BuildPair::ratio);
        var ack = median(pairs, pair -> pair.after().ackP99());
        var lost = pairs.stream()
                .mapToInt(pair -> pair.before().lost() + pair.after().lost())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%nratio of completed/s %.3f, of CPU a flow %.3f, ack p99 at half of the maximum %.1f ms (before:"
                        + " %.1f), medians of %d pairs%n",
                ratio,
                median(pairs, pair -> pair.after().cpuMillis() / pair.before().cpuMillis()),
                ack,
                median(pairs, pair -> pair.before().ackP99()),
                pairs.size());
        return ratio >= options.number("ratio", 97) / 100.0 && ack <= options.number("ack", 20) && lost == 0;
    }

    private static double median(List<BuildPair> pairs, ToDoubleFunction<BuildPair> figure) {
        var sorted = pairs.stream().mapToDouble(figure).sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
