package dev.weft.flow.heir;

import java.time.Instant;

/** Whose flows are. */
interface FlowOwners {

    /** Gives the flows that the user owned in the workspace at that time, and the drafts that were the user's, to another. */
    void passOn(String workspaceId, String userId, String heirId, Instant at);
}
