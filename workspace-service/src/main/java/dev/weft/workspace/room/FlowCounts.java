package dev.weft.workspace.room;

import dev.weft.common.access.Caller;
import dev.weft.workspace.room.FlowRoom.FlowLimit;
import java.util.List;

/** How many flows there are, as flow-service knows. */
interface FlowCounts {

    /** Of each limit those that it counts, in the same order. */
    List<Long> of(Caller caller, List<FlowLimit> limits);
}
