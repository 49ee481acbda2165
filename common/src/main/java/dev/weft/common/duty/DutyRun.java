package dev.weft.common.duty;

import dev.weft.common.duty.Standing.Outcome;
import dev.weft.common.id.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run of a duty, with its lease; its thread is watched by a {@link Watch}. */
final class DutyRun implements Runnable {

    /**
     * For so long a process goes from run to run with its lease; then another replica may have its turn. One that reaches the
     * store but not the broker begins all it should, ends nothing of it, and would keep the duty for ever.
     */
    private static final Duration MOST_KEPT = Duration.ofSeconds(15);

    /**
     * The lease of a successful run that is followed by another soon. It is kept in between: renewing it for the next
     * run is one call of the store, giving it back and taking it again would be three.
     */
    record Kept(HeldLease lease, Instant succeeded, Instant since) {}

    private final Duty duty;
    private final Optional<LeaseRepository> leases;
    private final Ids ids;
    private final Clock clock;
    private final Standing standing;
    private final Runnable late;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile @Nullable Watch watch;
    private volatile Outcome outcome = Outcome.FAILURE;
    /** Of the run before until the store has said whose it is now, then of this one. */
    private volatile @Nullable Kept kept;
    /** When the first of the runs that had this lease took it. */
    private Instant since = Instant.EPOCH;

    /**
     * @param former of the run before
     * @param late   called when it ends after it was given up
     */
    DutyRun(
            Duty duty,
            Optional<LeaseRepository> leases,
            Ids ids,
            Clock clock,
            Standing standing,
            @Nullable Kept former,
            Runnable late) {
        this.duty = duty;
        this.leases = leases;
        this.ids = ids;
        this.clock = clock;
        this.standing = standing;
        this.kept = former;
        this.late = late;
    }

    /** Before it begins. */
    void watchedBy(Watch its) {
        watch = its;
    }

    /** Nobody waits for its end any more; false when it has ended by now. */
    boolean giveUp() {
        return isOver.compareAndSet(false, true);
    }

    Outcome outcome() {
        return outcome;
    }

    /** What the next run has of its lease. */
    @Nullable
    Kept kept() {
        return kept;
    }

    @Override
    public void run() {
        var watched = Objects.requireNonNull(watch);
        try {
            outcome = work(watched);
        } catch (Exception e) {
            outcome = failed(watched, e);
        } catch (Error e) {
            // A StackOverflowError, a missing class: the duty goes on, and is reported as failing.
            outcome = failed(watched, e);
        } finally {
            watched.end();
            if (!isOver.compareAndSet(false, true)) {
                late.run();
            }
        }
    }

    private Outcome work(Watch watched) {
        var term = duty.term();
        if (term == null) {
            duty.work().run();
            standing.succeeded(clock.instant());
            return Outcome.SUCCESS;
        }
        var repository = leases.orElseThrow();
        var begun = System.nanoTime();
        var taken = take(repository, term);
        if (taken.isEmpty()) {
            standing.leftToAnother(repository.finished(duty.name()).orElse(null));
            return Outcome.ELSEWHERE;
        }
        var lease = taken.get();
        watched.renewing(lease);
        var isFinished = false;
        try {
            duty.work().run();
            if (isFollowedSoon(term) && watched.reason() == null) {
                keepOrLeave(lease);
            } else {
                lease.finish(rest(Duration.ofNanos(System.nanoTime() - begun)));
            }
            isFinished = true;
        } finally {
            watched.renewing(null);
            if (!isFinished) {
                // The interrupt is cleared, since an interrupted thread could not call the store.
                Thread.interrupted();
                lease.release();
            }
        }
        standing.succeeded(clock.instant());
        return Outcome.SUCCESS;
    }

    private void keepOrLeave(HeldLease lease) {
        var now = clock.instant();
        if (now.isBefore(since.plus(MOST_KEPT))) {
            kept = new Kept(lease, now, since);
        } else {
            // Without a pause for the lease: another replica gets it while this process pauses.
            lease.finish(Duration.ZERO);
        }
    }

    private Optional<HeldLease> take(LeaseRepository repository, Duration term) {
        var holder = ids.nextHex32();
        var former = kept;
        if (former != null) {
            var handed = former.lease().handOn(holder, former.succeeded());
            kept = null;
            if (handed.isPresent()) {
                since = former.since();
                return handed;
            }
        }
        since = clock.instant();
        return HeldLease.take(repository, duty.name(), holder, term);
    }

    /** Well before the lease would end. */
    private boolean isFollowedSoon(Duration term) {
        return duty.period().multipliedBy(3).compareTo(term) <= 0;
    }

    /** A little less than to the next beginning: who did it is to be first then. */
    private Duration rest(Duration took) {
        var rest = duty.period().multipliedBy(9).dividedBy(10).minus(took);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private Outcome failed(Watch watched, Throwable cause) {
        var reason = watched.reason();
        if (reason == null) {
            standing.failed("failed with " + cause.getClass().getSimpleName(), cause);
            return Outcome.FAILURE;
        }
        switch (reason) {
            case LIMIT -> standing.failed("took longer than " + duty.limit(), cause);
            case LEASE -> standing.failed("could not keep its lease", cause);
            case SHUTDOWN -> {
                // Another replica does it, or the next start.
            }
        }
        return Outcome.INTERRUPTED;
    }
}
