package dev.weft.flow.limited;

import java.time.Instant;
import java.util.List;

/** The flows that were started, by when. */
interface StartedFlows {

    /** Some of those workspaces' flows that were started before that and are not stopped since, the longest first. */
    List<String> startedBefore(Instant limit, List<String> workspaceIds, int most);
}
