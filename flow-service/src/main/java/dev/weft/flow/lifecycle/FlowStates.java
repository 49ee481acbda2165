package dev.weft.flow.lifecycle;

import java.time.Instant;
import java.util.List;

/** Stores what execution-service reports about flows, beside what is wanted of them. */
interface FlowStates {

    /** Applies news unless it is older than what was applied, or about a wish that is no longer the last one. */
    void apply(StateNews news);

    /** Flows of which something is wanted since before that, and not known to be so; deleted ones too. */
    List<String> unsettled(Instant before, int most);

    /** Tells the last wish of such a flow once more, under the number it has; false while it waits for the broker. */
    boolean tellAgain(String id, Instant now);
}
