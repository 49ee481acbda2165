package dev.weft.common.duty;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stores who may do a piece of work. A lease that is not renewed ends by itself, so a dead holder blocks the work for
 * one term at most. Replicas compare by their own clocks, which must differ by less than a term.
 */
interface LeaseRepository {

    /** Takes a lease that nobody holds; false while another holder has it, or the work rests. */
    boolean take(String name, String holder, Duration term);

    /** Moves the end of a lease; false when it is not the holder's any more. */
    boolean renew(String name, String holder, Duration term);

    /** Gives the lease back; nothing when it is not the holder's any more. */
    void release(String name, String holder);

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
