package dev.weft.flow.flow;

import java.util.List;
import java.util.Optional;

/**
 * What is asked of the list of a workspace's flows; all conditions hold together, any value of one condition does.
 *
 * @param sort field to sort by; the id when empty
 */
public record FlowListing(
        String workspaceId,
        List<String> hasDraft,
        List<String> statuses,
        List<String> types,
        List<String> users,
        String search,
        Optional<String> sort,
        boolean descending,
        long skip,
        int size) {

    /** A page of flows, whether large ones made it end early, and how many there are in all. */
    public record Page(List<Flow> flows, boolean cut, long total) {}
}
