package dev.weft.flow.flow;

import java.time.Instant;
import java.util.List;

/**
 * Queues that changes of flows are about to take, noted before the change is stored: so changes that are made at the same
 * time, by whatever replica, see each other.
 */
interface QueueReservations {

    /**
     * One change under way.
     *
     * @param queues all that the flow is to have
     * @param until  when it means nothing any more: who made it has died
     */
    record QueueReservation(String id, String flowId, long queues, Instant until) {}

    /** Notes one more, and returns all of the contract in the order in which they were noted; the new one is the last. */
    List<QueueReservation> add(String contractId, QueueReservation reservation);

    void remove(String contractId, List<String> ids);
}
