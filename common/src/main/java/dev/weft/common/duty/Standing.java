package dev.weft.common.duty;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports how a duty is doing: meters {@code weft.duty.runs} (time and number, by outcome) and {@code weft.duty.lag}
 * (seconds since the last success), and one log line whenever that changes, rather than one for each failing run.
 */
final class Standing {

    private static final Logger log = LoggerFactory.getLogger(Standing.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    /** Whose exceptions tell of a server, not of a fault of ours. */
    private static final List<String> CLIENTS = List.of("com.rabbitmq.", "com.mongodb.");

    /** The outcome of a run. */
    enum Outcome {
        SUCCESS,
        FAILURE,
        /** Another replica does it, or has just done it. */
        ELSEWHERE,
        /** Past its limit, or without its lease. */
        INTERRUPTED,
        /** Too many earlier runs that were given up have not ended. */
        STUCK
    }

    private final Duty duty;
    private final Clock clock;
    private final MeterRegistry meters;
    private volatile Instant succeeded;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String complaint = "";
    private @Nullable Instant told;

    Standing(Duty duty, Clock clock, MeterRegistry meters) {
        this.duty = duty;
        this.clock = clock;
        this.meters = meters;
        // Counts as a success: a duty that has never run is overdue only after its patience.
        this.succeeded = clock.instant();
        Gauge.builder("weft.duty.lag", this, standing -> standing.lag().toMillis() / 1000.0)
                .description("time since this duty last succeeded, on whatever replica")
                .tag("duty", duty.name())
                .strongReference(true)
                .register(meters);
        Gauge.builder("weft.duty.overdue", this, standing -> standing.isOverdue() ? 1 : 0)
                .description("1 while this duty has not succeeded for long")
                .tag("duty", duty.name())
                .strongReference(true)
                .register(meters);
    }

    void succeeded(Instant at) {
        if (at.isAfter(succeeded)) {
            succeeded = at;
        }
        var ended = failures.getAndSet(0);
        if (ended > 0) {
            log.info("The duty {} works again after {} failures", duty.name(), ended);
            complaint = "";
            told = null;
        }
    }

    /** It was not this process's turn; who did it last has done it then. */
    void leftToAnother(@Nullable Instant done) {
        if (done != null && done.isAfter(succeeded)) {
            succeeded(done);
        }
    }

    void failed(String what, @Nullable Throwable cause) {
        failures.incrementAndGet();
        var now = clock.instant();
        var changed = !what.equals(complaint);
        complaint = what;
        if (changed && (told == null || told.plus(QUIET).isBefore(now))) {
            told = now;
            var line = "The duty {} {}{}; it is tried again, in silence until that changes";
            if (cause == null) {
                log.warn(line, duty.name(), what, "");
            } else if (isOfAServer(cause)) {
                log.warn(line, duty.name(), what, ": " + cause.getMessage());
                log.debug("The cause", cause);
            } else {
                log.warn(line, duty.name(), what, "", cause);
            }
        } else {
            log.debug("The duty {} {}", duty.name(), what, cause);
        }
    }

    /** One that is away is away for all duties of all services, and needs no stack trace of each to be understood. */
    static boolean isOfAServer(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            var name = each.getClass().getName();
            if (each instanceof IOException
                    || each instanceof TimeoutException
                    || CLIENTS.stream().anyMatch(name::startsWith)) {
                return true;
            }
        }
        return false;
    }

    void count(Outcome outcome, Duration took) {
        meters.timer(
                        "weft.duty.runs",
                        "duty",
                        duty.name(),
                        "outcome",
                        outcome.name().toLowerCase(Locale.ROOT))
                .record(took.toNanos(), TimeUnit.NANOSECONDS);
    }

    int failures() {
        return failures.get();
    }

    String complaint() {
        return complaint;
    }

    Duration lag() {
        var lag = Duration.between(succeeded, clock.instant());
        return lag.isNegative() ? Duration.ZERO : lag;
    }

    boolean isOverdue() {
        return lag().compareTo(duty.patience()) > 0;
    }
}
