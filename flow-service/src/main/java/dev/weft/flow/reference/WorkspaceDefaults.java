package dev.weft.flow.reference;

import dev.weft.common.access.Caller;

/** Settings of a workspace for new flows whose maker does not set them. */
public interface WorkspaceDefaults {

    /** Whether message statistics are written: the first {@code false} of workspace, contract and tenant decides (api-v2 9.4). */
    boolean statsEnabled(Caller caller, String workspaceId);
}
