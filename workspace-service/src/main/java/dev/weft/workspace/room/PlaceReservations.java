package dev.weft.workspace.room;

import java.time.Instant;
import java.util.List;

/**
 * Places that workspaces are about to take, reserved before these are stored: so simultaneous creations see each other,
 * whichever replica makes them.
 */
interface PlaceReservations {

    /**
     * One creation under way.
     *
     * @param id    of what will be there
     * @param until when it expires: whoever made it has died by then
     */
    record PlaceReservation(String id, Instant until) {}

    /** Notes one more, and returns all of that key in the order in which they were noted; the new one is the last. */
    List<PlaceReservation> add(String key, PlaceReservation reservation);

    void remove(String key, List<String> ids);

    void removeAll(String key);
}
