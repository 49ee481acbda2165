package dev.weft.bench.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Collects durations in nanoseconds from many threads; percentiles once all are in. */
public final class Latencies {

    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();

    public Latencies(int most) {
        this.nanos = new long[most];
    }

    public void add(long duration) {
        var at = count.getAndIncrement();
        // What is beyond the room is counted nowhere: the array is made for all that is expected.
        if (at < nanos.length) {
            nanos[at] = duration;
        }
    }

    public int count() {
        return Math.min(count.get(), nanos.length);
    }

    /** In milliseconds; 0 when there are none. */
    public double percentile(double share) {
        var sorted = Arrays.copyOf(nanos, count());
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : at(sorted, share);
    }

    /** {@code p50 1.2 p95 3.4 p99 5.6 max 7.8 ms}. */
    public String summary() {
        var sorted = Arrays.copyOf(nanos, count());
        Arrays.sort(sorted);
        if (sorted.length == 0) {
            return "none";
        }
        return String.format(
                Locale.ROOT,
                "p50 %.1f p95 %.1f p99 %.1f max %.1f ms",
                at(sorted, 0.50),
                at(sorted, 0.95),
                at(sorted, 0.99),
                at(sorted, 1.0));
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))] / 1e6;
    }
}
