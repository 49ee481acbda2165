package dev.weft.bench.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Measures how fast clients go that do the same over and over for some seconds. */
record BenchClients(double seconds) {

    /** What they do. */
    @FunctionalInterface
    interface Operation {
        void run(ThreadLocalRandom random);
    }

    /** How often a second it was done; prints that, and how long it took. */
    double measure(String name, int clients, Operation operation) throws Exception {
        var until = System.nanoTime() + (long) (seconds * 1e9);
        var begin = System.nanoTime();
        var latencies = new ArrayList<long[]>();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var tasks = IntStream.range(0, clients)
                    .mapToObj(_ -> threads.submit(() -> {
                        var random = ThreadLocalRandom.current();
                        var mine = new long[1 << 20];
                        var count = 0;
                        for (var now = System.nanoTime(); now < until; ) {
                            operation.run(random);
                            var after = System.nanoTime();
                            // The length is a power of two: the oldest latencies are written over, and no bound is
                            // looked at.
                            mine[count++ & (mine.length - 1)] = after - now;
                            now = after;
                        }
                        return Arrays.copyOf(mine, Math.min(count, mine.length));
                    }))
                    .toList();
            for (var task : tasks) latencies.add(task.get());
        }
        var all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        var rate = all.length / ((System.nanoTime() - begin) / 1e9);
        System.out.printf(
                "%-32s %,8.0f/s  p50 %.2f ms  p99 %.2f ms%n",
                name, rate, all[all.length / 2] / 1e6, all[(int) (all.length * 0.99)] / 1e6);
        return rate;
    }
}
