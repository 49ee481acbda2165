package dev.weft.common.duty;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stores who may do a piece of work. A lease that is not renewed ends by itself, so a dead holder blocks the work for
 * one term at most. Replicas compare by their own clocks, which must differ by less than a term.
 */
public interface LeaseRepository {

    /** Takes a lease that nobody holds; false while another holder has it, or the work rests. */
    boolean take(String name, String holder, Duration term);

    /** Keeps a lease, or takes it; for who comes by often and need not know whether he has it. */
    default boolean hold(String name, String holder, Duration term) {
        return renew(name, holder, term) || take(name, holder, term);
    }

    /** Moves the end of a lease; false when it is not the holder's any more. */
    boolean renew(String name, String holder, Duration term);

    /** Gives the lease back; nothing when it is not the holder's any more. */
    void release(String name, String holder);

    /** How many leases are held whose names begin so; those that have ended are forgotten. */
    int held(String prefix);

    /** Gives the lease back after a success, and lets nobody take it for {@code rest}. */
    void finish(String name, String holder, Duration rest);

    /**
     * Leaves the lease to the next holder after a success, with a term of its own and no moment in between in which another
     * could take it; false, and nothing is changed, when it is not the former holder's any more.
     *
     * @param done when the former one succeeded
     */
    boolean handOn(String name, String former, String next, Duration term, Instant done);

    /** When the work under this lease last succeeded, whoever did it. */
    Optional<Instant> finished(String name);
}
