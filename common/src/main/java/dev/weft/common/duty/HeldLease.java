package dev.weft.common.duty;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease held by one piece of work; the holder's name is made for it, so no other work shares it. It is renewed on a
 * thread of its own, since a store that does not answer must not keep the watch from its other tasks.
 */
final class HeldLease {

    private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

    private final LeaseRepository leases;
    private final String name;
    private final String holder;
    private final Duration term;
    /** On the clock of {@link System#nanoTime}, counted from before the store was asked: never later than it thinks. */
    private volatile long end;

    private volatile long renewal;
    private volatile boolean taken;
    private volatile boolean renewing;

    private HeldLease(LeaseRepository leases, String name, String holder, Duration term, long asked) {
        this.leases = leases;
        this.name = name;
        this.holder = holder;
        this.term = term;
        extend(asked);
    }

    static Optional<HeldLease> take(LeaseRepository leases, String name, String holder, Duration term) {
        var asked = System.nanoTime();
        return leases.take(name, holder, term)
                ? Optional.of(new HeldLease(leases, name, holder, term, asked))
                : Optional.empty();
    }

    /**
     * To the next piece of work of the same kind, which is a holder of its own; empty when this one has lost it.
     *
     * @param done when this one succeeded
     */
    Optional<HeldLease> handOn(String next, Instant done) {
        var asked = System.nanoTime();
        return leases.handOn(name, holder, next, term, done)
                ? Optional.of(new HeldLease(leases, name, next, term, asked))
                : Optional.empty();
    }

    private void extend(long asked) {
        end = asked + term.toNanos();
        renewal = asked + term.toNanos() / 3;
    }

    /** Another may have it. */
    boolean isLost() {
        return taken || System.nanoTime() - end >= 0;
    }

    /** Asks for more time when a third of the term has passed. One watch calls this, so one renewal is under way. */
    void renewInTime() {
        // Only differences of nanoTime can be compared: it may be negative and overflow.
        if (renewing || System.nanoTime() - renewal < 0) {
            return;
        }
        renewing = true;
        try {
            Thread.ofVirtual().name("lease-" + name).start(this::renew);
        } catch (OutOfMemoryError e) {
            // No thread could be started. The watch that called goes on, and asks again.
            later(e);
            renewing = false;
        }
    }

    private void renew() {
        var asked = System.nanoTime();
        try {
            if (leases.renew(name, holder, term)) {
                extend(asked);
            } else {
                taken = true;
            }
        } catch (RuntimeException | Error e) {
            later(e);
        } finally {
            renewing = false;
        }
    }

    /** Soon again: two thirds of the term are left for the store to come back in. */
    private void later(Throwable cause) {
        log.debug("The lease {} could not be renewed yet", name, cause);
        renewal = System.nanoTime() + term.toNanos() / 10;
    }

    /** Whether or not the store can be told: a lease that is not given back ends by itself. */
    void release() {
        try {
            leases.release(name, holder);
        } catch (RuntimeException e) {
            log.debug("The lease {} could not be given back", name, e);
        }
    }

    void finish(Duration rest) {
        leases.finish(name, holder, rest);
    }

    /** How often a watch should look after it. */
    Duration rhythm() {
        return term.dividedBy(10);
    }
}
