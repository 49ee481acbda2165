package dev.weft.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Requests per minute for each key, on this instance (GCRA). For a key only one instant is kept: the time at which all
 * its requests would have been sent at an even rate. It may be ahead of the clock, usually by a minute, so that a
 * minute's worth can come at once. A key that has been idle for longer than that is forgotten, which changes nothing.
 */
public final class RateLimit {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int KEYS = 100_000;

    private final LongSupplier nanos;
    private final long burst;
    private final Cache<String, AtomicLong> keys = Caffeine.newBuilder()
            .maximumSize(KEYS)
            .expireAfterAccess(Duration.ofMinutes(2))
            .build();

    public RateLimit() {
        this(System::nanoTime, Duration.ofMinutes(1));
    }

    /** @param burst how much of it may come at once: what is due in that time */
    public RateLimit(Duration burst) {
        this(System::nanoTime, burst);
    }

    RateLimit(LongSupplier nanos, Duration burst) {
        this.nanos = nanos;
        this.burst = burst.toNanos();
    }

    /**
     * Counts one request, or refuses it with 429 and the seconds to wait.
     *
     * @param perMinute 0: no limit
     */
    public void require(String key, int perMinute) {
        if (perMinute <= 0) {
            return;
        }
        var wait = take(key, perMinute);
        if (wait > 0) {
            var seconds = Math.max(1, Math.ceilDiv(wait, Duration.ofSeconds(1).toNanos()));
            throw new RetryLater(
                            Problem.of(
                                    ProblemCode.TOO_MANY_REQUESTS, "More than " + perMinute + " requests in a minute."),
                            seconds)
                    .exception();
        }
    }

    /** Counts one request and says whether it may come; one that may not counts for nothing. */
    public boolean isWithin(String key, int perMinute) {
        return take(key, perMinute) == 0;
    }

    /** A request that was counted turns out to be none of those that are bounded. */
    public void takeBack(String key, int perMinute) {
        var due = keys.getIfPresent(key);
        if (due != null) {
            due.addAndGet(-MINUTE / perMinute);
        }
    }

    /** Nanoseconds until the request may come; 0 when it may now. */
    private long take(String key, int perMinute) {
        var now = nanos.getAsLong();
        var step = MINUTE / perMinute;
        var due = keys.get(key, _ -> new AtomicLong(now));
        while (true) {
            var before = due.get();
            // An idle key starts at now: unused requests are not saved up.
            var next = Math.max(before, now) + step;
            var ahead = next - now - burst;
            if (ahead > 0) {
                return ahead;
            }
            // Of two requests at once one fails here, tries again, and counts on top of the other.
            if (due.compareAndSet(before, next)) {
                return 0;
            }
        }
    }
}
