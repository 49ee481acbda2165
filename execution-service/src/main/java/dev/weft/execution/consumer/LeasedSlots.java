package dev.weft.execution.consumer;

import dev.weft.common.duty.LeaseRepository;
import dev.weft.common.id.Ids;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/** Slots of consumers, held by lease: those of a process that died become free when their term ends. */
@Service
public class LeasedSlots implements ReplicaSlots {

    /** Three times as long as {@code Workers.placeConsumers} takes to come again. */
    private static final Duration TERM = Duration.ofSeconds(15);

    private final LeaseRepository leases;
    private final String holder;
    private final Duration term;

    @Autowired
    LeasedSlots(LeaseRepository leases, Ids ids) {
        this(leases, ids, TERM);
    }

    public LeasedSlots(LeaseRepository leases, Ids ids, Duration term) {
        this.leases = leases;
        this.holder = ids.nextHex32();
        this.term = term;
    }

    @Override
    public boolean hold(String slot) {
        return leases.hold(slot, holder, term);
    }

    @Override
    public void release(String slot) {
        leases.release(slot, holder);
    }

    @Override
    public int share(String queue) {
        // That a process wants slots is a lease too: one that has died wants nothing after its term.
        leases.hold(shares(queue) + holder, holder, term);
        // Callers divide by this number, so it is never zero.
        return Math.max(1, leases.held(shares(queue)));
    }

    @Override
    public void leave(String queue) {
        leases.release(shares(queue) + holder, holder);
    }

    private static String shares(String queue) {
        return queue + "@";
    }
}
