package dev.weft.common.duty;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between repeated attempts: each twice as long as the one before, up to the longest. Each varies a little,
 * since many clients that failed together must not try again together.
 */
public final class GrowingPause {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    public GrowingPause(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** The pause before the next attempt: between a half and the whole of what the series says. */
    public synchronized Duration next() {
        var pause = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        var half = pause.toNanos() / 2;
        return Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half + 1));
    }

    /** It has gone well for long enough. */
    public synchronized void reset() {
        next = first;
    }
}
