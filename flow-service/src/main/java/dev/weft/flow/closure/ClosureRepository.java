package dev.weft.flow.closure;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.List;

/** The closures, and how far each is carried out. */
interface ClosureRepository {

    /** Notes a closure; changes nothing when the same or a newer change of the place is known. */
    void begin(Closure closure);

    /** Ends the closure of a place that is open again, unless a newer change of it is known. */
    void lift(String id, long version);

    /** Whether this closure was neither lifted nor followed by another one. */
    boolean isInForce(Closure closure);

    /** Notes that all is done, with what there is to tell; the closure is looked at until then. Once for each closure. */
    void finish(Closure closure, Instant until, List<Outgoing> facts);

    /** Tells once more that all is done; false while it is not. */
    boolean tellEndAgain(Closure closure, Outgoing fact);

    /** Forgets whatever is known of a contract that is gone. */
    void remove(String id);

    /** Closures that are to be looked at: not all is done, or it was done a short time ago. */
    List<Closure> watched(Instant now);
}
