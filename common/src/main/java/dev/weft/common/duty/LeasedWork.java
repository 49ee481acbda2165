package dev.weft.common.duty;

import dev.weft.common.id.Ids;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a piece of work under a lease that is renewed for as long as it takes. Each call is a holder of its own: of two
 * threads of one process one is refused as well.
 */
public final class LeasedWork {

    private static final Logger log = LoggerFactory.getLogger(LeasedWork.class);

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final LeaseRepository leases;
    private final Ids ids;

    public LeasedWork(LeaseRepository leases, Ids ids) {
        this.leases = leases;
        this.ids = ids;
    }

    /**
     * Works on the caller's thread, which is interrupted past the limit, and when the lease could not be kept: then
     * another may be at it.
     *
     * @param term for so long a holder that died keeps others from the work
     * @return false, and nothing was done, while another has the lease
     * @throws InterruptedWorkException when the work failed after it was interrupted
     */
    public boolean attempt(String name, Duration term, Duration limit, Runnable work) {
        var taken = HeldLease.take(leases, name, ids.nextHex32(), term);
        if (taken.isEmpty()) {
            return false;
        }
        var lease = taken.get();
        var watch = new Watch(Thread.currentThread(), limit, GRACE);
        watch.renewing(lease);
        try {
            // Inside the try: if no thread can be started for the watch, the lease must be given back too.
            Thread.ofVirtual().name("watch-" + name).start(() -> keep(name, watch));
            work.run();
        } catch (RuntimeException e) {
            var reason = watch.reason();
            throw reason == null ? e : new InterruptedWorkException(name, reason, e);
        } finally {
            // The watch is ended first: its interrupt is meant for the work and must not hit the call of the store
            // below.
            watch.end();
            giveBack(lease);
        }
        return true;
    }

    private static void keep(String name, Watch watch) {
        try {
            if (!watch.keep()) {
                log.warn("{} was interrupted and does not end; its lease is not renewed any more", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A caller who was interrupted by others is so afterwards, too; the store could not be told meanwhile. */
    private static void giveBack(HeldLease lease) {
        var interrupted = Thread.interrupted();
        lease.release();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
