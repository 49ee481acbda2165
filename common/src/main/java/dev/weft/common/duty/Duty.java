package dev.weft.common.duty;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Recurring work of a service; a bean per duty. Each has a thread of its own, so that none waits for another.
 *
 * <pre>{@code
 * @Bean
 * Duty retention() {
 *     return Duty.ofService("log-retention", ofMinutes(15), this::sweep).within(ofMinutes(10));
 * }
 * }</pre>
 *
 * <p>An exception means that the run failed: that is logged once, and the pauses grow until a run succeeds. A run
 * beyond its limit is interrupted; if it still does not end, it is given up and the next one begins beside it. The work
 * must tolerate that, as it must tolerate another replica taking over.
 *
 * @param name unique in the service; tag of its meters, name of its lease
 * @param first time from the service's start to the first run
 * @param period from the beginning of a run to that of the next
 * @param limit longest time that one run may take
 * @param term of its lease: how long a dead replica keeps the others from the work; null for a duty that each process
 *     does for itself
 */
public record Duty(
        String name,
        Duration first,
        Duration period,
        Duration limit,
        @Nullable Duration term,
        Runnable work) {

    private static final Duration USUAL_LIMIT = Duration.ofMinutes(1);
    private static final Duration USUAL_TERM = Duration.ofSeconds(15);
    private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(1);

    /** Done by one replica at a time, and once in the period by all of them together. */
    public static Duty ofService(String name, Duration period, Runnable work) {
        return new Duty(name, period, period, USUAL_LIMIT, USUAL_TERM, work);
    }

    /** Done by each process for itself. */
    public static Duty ofProcess(String name, Duration period, Runnable work) {
        return new Duty(name, period, period, USUAL_LIMIT, null, work);
    }

    public Duty first(Duration afterStart) {
        return new Duty(name, afterStart, period, limit, term, work);
    }

    public Duty within(Duration longest) {
        return new Duty(name, first, period, longest, term, work);
    }

    public Duty leasedFor(Duration leaseTerm) {
        return new Duty(name, first, period, limit, leaseTerm, work);
    }

    /** Without a success for this long it is overdue. */
    Duration patience() {
        var usual = period.multipliedBy(3).plus(limit);
        return usual.compareTo(SHORTEST_PATIENCE) < 0 ? SHORTEST_PATIENCE : usual;
    }
}
