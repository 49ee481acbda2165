package dev.weft.common.duty;

import dev.weft.common.duty.Standing.Outcome;
import dev.weft.common.id.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one duty. Each run has another thread, which this one watches: so a run that never ends blocks neither
 * the duty nor its time limit.
 */
final class DutyLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(DutyLoop.class);
    /**
     * For so long a process goes from run to run with its lease; then another replica may have its turn. One that reaches the
     * store but not the broker begins all it should, ends nothing of it, and would keep the duty for ever.
     */
    private static final Duration MOST_KEPT = Duration.ofSeconds(15);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** Runs that were given up and have not ended; with so many the duty waits for one of them. */
    private static final int GIVEN_UP = 2;

    private final Duty duty;
    private final Optional<LeaseRepository> leases;
    private final Ids ids;
    private final Clock clock;
    private final Standing standing;
    private final Duration grace;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicInteger givenUp = new AtomicInteger();
    private volatile @Nullable Watch current;
    /** This thread's alone: what the last run has left to the next. */
    private @Nullable Kept kept;

    /**
     * The lease of a successful run that is followed by another soon. It is kept in between: renewing it for the next
     * run is one call of the store, giving it back and taking it again would be three.
     */
    private record Kept(HeldLease lease, Instant succeeded, Instant since) {}

    DutyLoop(Duty duty, Optional<LeaseRepository> leases, Ids ids, Clock clock, Standing standing, Duration grace) {
        this.duty = duty;
        this.leases = leases;
        this.ids = ids;
        this.clock = clock;
        this.standing = standing;
        this.grace = grace;
    }

    @Override
    public void run() {
        try {
            var pause = duty.first();
            while (!stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            giveBack();
        }
    }

    /** Others need not wait for the end of its term. */
    private void giveBack() {
        if (kept != null) {
            try {
                kept.lease().finish(Duration.ZERO);
            } catch (RuntimeException e) {
                log.debug("The lease of {} could not be given back, and ends by itself", duty.name(), e);
            }
            kept = null;
        }
    }

    /** One run, and how long to wait for the next. */
    private Duration turn() throws InterruptedException {
        var begun = System.nanoTime();
        try {
            var outcome = givenUp.get() < GIVEN_UP ? once() : stuck();
            var took = Duration.ofNanos(System.nanoTime() - begun);
            standing.count(outcome, took);
            return pause(outcome, took);
        } catch (RuntimeException | Error e) {
            // Not an exception of the work, which handles its own: no thread could be started, say. Without this the
            // duty would never run again, and nobody would know.
            standing.failed("could not be run", e);
            return pause(Outcome.FAILURE, Duration.ZERO);
        }
    }

    private Outcome stuck() {
        standing.failed("does not end although it was interrupted", null);
        return Outcome.STUCK;
    }

    /** To the next beginning; after failures longer, but never so long that a repaired duty seems broken. */
    private Duration pause(Outcome outcome, Duration took) {
        var period = duty.period();
        if (outcome == Outcome.SUCCESS || outcome == Outcome.ELSEWHERE) {
            var rest = period.minus(took);
            var least = period.dividedBy(10);
            return rest.compareTo(least) > 0 ? rest : least;
        }
        var grown = period.multipliedBy(1L << Math.min(standing.failures(), 10));
        var longest = period.compareTo(LONGEST_PAUSE) > 0 ? period : LONGEST_PAUSE;
        return grown.compareTo(longest) < 0 ? grown : longest;
    }

    private Outcome once() throws InterruptedException {
        var run = new Run(kept);
        var worker = Thread.ofVirtual().name("duty-" + duty.name()).unstarted(run);
        var watch = new Watch(worker, duty.limit(), grace);
        run.watch = watch;
        current = watch;
        // end() may have been called before it could see this run, and would not have interrupted it.
        if (stopping.getCount() == 0) {
            return Outcome.INTERRUPTED;
        }
        worker.start();
        if (!watch.keep()) {
            kept = null;
            // Counted before it is given up: otherwise a run that ends at this moment would subtract itself before it
            // was added.
            givenUp.incrementAndGet();
            if (run.isOver.compareAndSet(false, true)) {
                standing.failed("was interrupted and does not end", trace(worker));
            } else {
                givenUp.decrementAndGet();
            }
            return Outcome.INTERRUPTED;
        }
        kept = run.kept;
        return run.outcome;
    }

    /** Where it stands, for who must find out why. */
    private static Throwable trace(Thread worker) {
        var where = new IllegalStateException("It is here.");
        where.setStackTrace(worker.getStackTrace());
        return where;
    }

    /** One run of the duty, with its lease. */
    private final class Run implements Runnable {

        private final AtomicBoolean isOver = new AtomicBoolean();
        private volatile @Nullable Watch watch;
        private volatile Outcome outcome = Outcome.FAILURE;
        /** Of the run before until the store has said whose it is now, then of this one. */
        private volatile @Nullable Kept kept;
        /** When the first of the runs that had this lease took it. */
        private Instant since = Instant.EPOCH;

        Run(@Nullable Kept former) {
            kept = former;
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
                    givenUp.decrementAndGet();
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

    /** No further run begins. */
    void end() {
        stopping.countDown();
    }

    void interrupt() {
        var running = current;
        if (running != null) {
            running.interrupt(Watch.Reason.SHUTDOWN);
        }
    }

    Duty duty() {
        return duty;
    }

    Standing standing() {
        return standing;
    }
}
