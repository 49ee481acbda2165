package dev.weft.flow.flow;

import java.time.Instant;
import java.util.List;

/**
 * Queues that changes of flows are about to take, reserved before the change is stored: so simultaneous changes see
 * each other, whichever replica makes them.
 */
public interface QueueReservations {

    /**
     * One change under way.
     *
     * @param queues how many the flow will have in all
     * @param until  when it expires: whoever made it has died by then
     */
    record QueueReservation(String id, String flowId, long queues, Instant until) {}

    /** Notes one more, and returns all of the contract in the order in which they were noted; the new one is the last. */
    List<QueueReservation> add(String contractId, QueueReservation reservation);

    void remove(String contractId, List<String> ids);

    /** Nothing is left of a contract that is gone. */
    void removeAll(String contractId);
}
