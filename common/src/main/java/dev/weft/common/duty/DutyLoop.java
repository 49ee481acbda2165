package dev.weft.common.duty;

import dev.weft.common.duty.Standing.Outcome;
import dev.weft.common.id.Ids;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private DutyRun.@Nullable Kept kept;

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
        var run = new DutyRun(duty, leases, ids, clock, standing, kept, givenUp::decrementAndGet);
        var worker = Thread.ofVirtual().name("duty-" + duty.name()).unstarted(run);
        var watch = new Watch(worker, duty.limit(), grace);
        run.watchedBy(watch);
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
            if (run.giveUp()) {
                standing.failed("was interrupted and does not end", trace(worker));
            } else {
                givenUp.decrementAndGet();
            }
            return Outcome.INTERRUPTED;
        }
        kept = run.kept();
        return run.outcome();
    }

    /** Where it stands, for who must find out why. */
    private static Throwable trace(Thread worker) {
        var where = new IllegalStateException("It is here.");
        where.setStackTrace(worker.getStackTrace());
        return where;
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
