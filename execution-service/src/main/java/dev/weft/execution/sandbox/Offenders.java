package dev.weft.execution.sandbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tenants whose work has lately killed a worker, or taken more than its share of a shared worker's memory. For ten
 * minutes after each time, and longer after several deaths, their work is done apart. After a death it is also slowed
 * down more and more, since everyone else with work in that worker had to wait.
 */
final class Offenders {

    private static final Duration APART = Duration.ofMinutes(10);
    private static final int MOST = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private record Offence(int deaths, long at) {

        long until() {
            return at + APART.multipliedBy(Math.max(1, deaths)).toNanos();
        }
    }

    private final Map<String, Offence> known = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos as {@link System#nanoTime} */
    Offenders(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Its work has ended a worker. */
    void add(String tenant) {
        var now = nanos.getAsLong();
        known.merge(
                tenant,
                new Offence(1, now),
                (before, _) -> new Offence(before.until() - now < 0 ? 1 : Math.min(MOST, before.deaths() + 1), now));
        forgetOld(now);
    }

    private void forgetOld(long now) {
        known.values().removeIf(offence -> offence.until() - now < 0);
    }

    /** Its work has taken too much of the memory of a shared worker, which has ended itself early for that. */
    void addGreedy(String tenant) {
        var now = nanos.getAsLong();
        known.merge(tenant, new Offence(0, now), (before, greedy) -> before.until() - now < 0 ? greedy : before);
        forgetOld(now);
    }

    boolean contains(String tenant) {
        var offence = known.get(tenant);
        return offence != null && offence.until() - nanos.getAsLong() >= 0;
    }

    /** How long its next work is to wait: half a second after the first death, doubled with each, since the last one. */
    Duration pause(String tenant) {
        var offence = known.get(tenant);
        if (offence == null || offence.deaths() == 0) {
            return Duration.ZERO;
        }
        var pause = FIRST_PAUSE.toNanos() << (offence.deaths() - 1);
        return Duration.ofNanos(Math.max(0, offence.at() + pause - nanos.getAsLong()));
    }
}
