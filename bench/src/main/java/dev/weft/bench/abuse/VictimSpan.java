package dev.weft.bench.abuse;

import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.Latencies;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What came to pass in a span of time. */
final class VictimSpan {

    private static final int MOST = 50_000;

    private final long began = System.nanoTime();
    private final Latencies latencies = new Latencies(MOST);
    private final Map<String, Latencies> byKind = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final int aSecond;
    private volatile long ended;

    VictimSpan(int aSecond) {
        this.aSecond = aSecond;
    }

    /** Whether as many calls were begun as there should be in its time, or nearly: a stuck caller has no slow answers. */
    public boolean isWhole() {
        return begun.get() >= (ended - began) / 1e9 * aSecond * 0.8;
    }

    /** Until each call has its answer, or has waited for it for as long as it does; false when some have none even then. */
    public boolean awaitAll() throws IOException, InterruptedException {
        var all =
                new Patience(VictimCalls.ANSWER.plusSeconds(5)).until(count -> count == begun.get(), latencies::count);
        return all == begun.get();
    }

    public double p99() {
        return latencies.percentile(0.99);
    }

    public int begun() {
        return begun.get();
    }

    /** Why calls were not answered 200. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    void begins() {
        begun.incrementAndGet();
    }

    void ends() {
        ended = System.nanoTime();
    }

    void failed(String why) {
        failures.add(why);
    }

    void answered(String kind, long nanos) {
        byKind.computeIfAbsent(kind, _ -> new Latencies(MOST)).add(nanos);
        // At the end: who waits for all of them reads the rest then.
        latencies.add(nanos);
    }

    /** {@code 48 ms (code 51, list 12, map 44)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f ms", p99())
                + byKind.entrySet().stream()
                        .map(kind -> String.format(
                                Locale.ROOT,
                                "%s %.0f",
                                kind.getKey(),
                                kind.getValue().percentile(0.99)))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
