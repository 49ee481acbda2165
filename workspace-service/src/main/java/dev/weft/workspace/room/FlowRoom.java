package dev.weft.workspace.room;

import java.util.List;

/**
 * The limits of flows that hold in a workspace: {@code {"limits":[{"quota","field","id","limit","uncounted"}]}}; none for
 * a limited workspace, whose flows are not counted.
 */
record FlowRoom(List<FlowLimit> limits) {

    /**
     * One of them.
     *
     * @param field     by which flows are counted: {@code workspace}, {@code contract} or {@code tenant}
     * @param uncounted workspaces whose flows do not count
     */
    record FlowLimit(String quota, String field, String id, long limit, List<String> uncounted) {}
}
