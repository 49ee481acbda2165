package dev.weft.common.deletion;

import dev.weft.common.event.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The deletions that a service has heard of, how far each is carried out here, and which have ended. */
interface DeletionRepository {

    /** Notes a deletion, to be looked at now, also when it is known; nothing when a newer one of that place is. */
    void begin(Deletion deletion, Instant now);

    /** Whether a deletion of it was heard of, ended or not. */
    boolean hasBegun(String id);

    /** Those to be looked at now, the longest waiting first. */
    List<NotedDeletion> due(Instant now, int most);

    /** To be looked at again after a pause that grows with each time. */
    void postpone(Deletion deletion, Instant now, Duration longest);

    /** Nothing is left: tells it, once. */
    void finish(Deletion deletion, List<Outgoing> facts);

    /** Tells once more that nothing is left; nothing happens while something is. */
    void tellEndAgain(Deletion deletion, List<Outgoing> facts);

    /** Looks at it at that time again. */
    void lookAgain(Deletion deletion, Instant next);

    /** To be looked at now, if something is left of it. */
    void lookSoon(String id, Instant now);

    /** It needs no more looks. */
    void rest(Deletion deletion);

    /** Forgets what has been at rest and was heard of before that. */
    void forget(Instant before);

    /**
     * A deletion, and what of it is known here.
     *
     * @param heard when it was heard of first
     */
    record NotedDeletion(Deletion deletion, Instant heard) {}
}
