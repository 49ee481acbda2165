package dev.weft.execution.jsonata;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Flows with an expression that took too long within the service. For a while all their expressions go to the sandbox
 * at once, so that not every message of such a flow first uses up its time here.
 */
final class HeavyFlows {

    /** Bytes: some ten thousand flows. One that is let go early is found too slow once more. */
    static final long HEAVIEST = 2_000_000;

    /** About: the entry and its key, by the sizes of their fields. */
    private static final int EACH = 170;

    private final Cache<String, Boolean> flows;

    /** @param nanos as {@link System#nanoTime} */
    HeavyFlows(Duration term, LongSupplier nanos) {
        this.flows = Caffeine.newBuilder()
                .maximumWeight(HEAVIEST)
                .<String, Boolean>weigher((flow, _) -> EACH + flow.length())
                .expireAfterWrite(term)
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    void add(String flow) {
        flows.put(flow, true);
    }

    boolean contains(String flow) {
        return flows.getIfPresent(flow) != null;
    }

    /** Bytes of all that is kept. */
    long weight() {
        flows.cleanUp();
        return flows.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }
}
