package dev.weft.flow.quota;

import java.time.Instant;
import java.util.List;

/**
 * What changes of flows are about to take of a quota, reserved before the change is stored: so simultaneous changes see
 * each other, whichever replica makes them.
 */
public interface FlowReservations {

    /**
     * One change under way.
     *
     * @param amount how much the flow will have in all: queues, containers, or 1 of the flows
     * @param until  when it expires: whoever made it has died by then
     */
    record FlowReservation(String id, String flowId, long amount, Instant until) {}

    /**
     * Notes one more, and returns all of that key in the order in which they were noted; the new one is the last.
     *
     * @param key a contract, whose queues are counted, or {@code containers/<contract>}; or {@code flows/<id>}, for the
     *     flows of whatever has that id
     */
    List<FlowReservation> add(String key, FlowReservation reservation);

    void remove(String key, List<String> ids);

    /** Nothing is left of a contract or a workspace that is gone. */
    void removeAll(String placeId);
}
