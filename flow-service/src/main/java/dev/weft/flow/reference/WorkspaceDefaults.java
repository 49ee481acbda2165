package dev.weft.flow.reference;

import dev.weft.common.access.Caller;

/** What new flows of a workspace get when their maker does not say. */
public interface WorkspaceDefaults {

    /** Whether message statistics are written: the first {@code false} of workspace, contract and tenant decides (api-v2 9.4). */
    boolean statsEnabled(Caller caller, String workspaceId);
}
