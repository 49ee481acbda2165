package dev.weft.common.duty;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leases of one process, for tests of what is done under them. */
public final class InMemoryLeaseRepository implements LeaseRepository {

    private record Lease(
            String holder, Instant until, @Nullable Instant done) {}

    private final Map<String, Lease> leases = new HashMap<>();
    private final Clock clock;

    public InMemoryLeaseRepository(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized boolean take(String name, String holder, Duration term) {
        var known = leases.get(name);
        if (known != null && !known.until().isBefore(clock.instant())) {
            return false;
        }
        leases.put(name, new Lease(holder, clock.instant().plus(term), known == null ? null : known.done()));
        return true;
    }

    @Override
    public synchronized boolean renew(String name, String holder, Duration term) {
        return change(name, holder, clock.instant().plus(term), holder);
    }

    @Override
    public synchronized void release(String name, String holder) {
        change(name, holder, Instant.EPOCH, "");
    }

    @Override
    public synchronized void finish(String name, String holder, Duration rest) {
        if (change(name, holder, clock.instant().plus(rest), "")) {
            leases.computeIfPresent(name, (_, lease) -> new Lease("", lease.until(), clock.instant()));
        }
    }

    @Override
    public synchronized boolean handOn(String name, String former, String next, Duration term, Instant done) {
        if (!change(name, former, clock.instant().plus(term), next)) {
            return false;
        }
        leases.computeIfPresent(name, (_, lease) -> new Lease(next, lease.until(), done));
        return true;
    }

    @Override
    public synchronized int held(String prefix) {
        return Math.toIntExact(leases.entrySet().stream()
                .filter(lease -> lease.getKey().startsWith(prefix))
                .filter(lease -> !lease.getValue().until().isBefore(clock.instant()))
                .count());
    }

    private boolean change(String name, String holder, Instant until, String next) {
        var known = leases.get(name);
        if (known == null || !known.holder().equals(holder)) {
            return false;
        }
        leases.put(name, new Lease(next, until, known.done()));
        return true;
    }

    @Override
    public synchronized Optional<Instant> finished(String name) {
        return Optional.ofNullable(leases.get(name)).map(Lease::done);
    }
}
