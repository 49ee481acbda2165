package dev.weft.common.duty;

import dev.weft.common.id.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * Starts a service's duties when it is up, and ends them first at shutdown: a run may end by itself for a few seconds,
 * then it is interrupted.
 */
final class Duties implements SmartLifecycle {

    /** For so long what was interrupted may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    private final List<DutyLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    public Duties(List<Duty> duties, Optional<LeaseRepository> leases, Ids ids, Clock clock, MeterRegistry meters) {
        this(duties, leases, ids, clock, meters, GRACE);
    }

    Duties(
            List<Duty> duties,
            Optional<LeaseRepository> leases,
            Ids ids,
            Clock clock,
            MeterRegistry meters,
            Duration grace) {
        for (var duty : duties) {
            if (duty.term() != null && leases.isEmpty()) {
                throw new IllegalArgumentException("The duty " + duty.name() + " needs a store for its lease.");
            }
            if (loops.stream().anyMatch(other -> other.duty().name().equals(duty.name()))) {
                throw new IllegalArgumentException("Two duties are named " + duty.name() + ".");
            }
            loops.add(new DutyLoop(duty, leases, ids, clock, new Standing(duty, clock, meters), grace));
        }
    }

    @Override
    public void start() {
        running = true;
        for (var loop : loops) {
            threads.add(Thread.ofVirtual()
                    .name("duty-" + loop.duty().name() + "-clock")
                    .start(loop));
        }
    }

    @Override
    public void stop() {
        loops.forEach(DutyLoop::end);
        if (!haveEnded(PATIENCE)) {
            loops.forEach(DutyLoop::interrupt);
            haveEnded(AFTER_INTERRUPT);
        }
        // A stopped duty must not be reported as overdue.
        running = false;
    }

    private boolean haveEnded(Duration within) {
        var limit = System.nanoTime() + within.toNanos();
        try {
            for (var thread : threads) {
                var left = Math.max(1, limit - System.nanoTime());
                if (!thread.join(Duration.ofNanos(left))) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What has not succeeded for long, by name: since when in seconds, and why. */
    Map<String, String> overdue() {
        var overdue = new TreeMap<String, String>();
        for (var loop : loops) {
            var standing = loop.standing();
            if (running && standing.isOverdue()) {
                var why = standing.complaint();
                overdue.put(
                        loop.duty().name(),
                        "no success for "
                                + TimeUnit.MILLISECONDS.toSeconds(standing.lag().toMillis()) + " s"
                                + (why.isEmpty() ? "" : "; it " + why));
            }
        }
        return overdue;
    }
}
