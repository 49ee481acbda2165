package dev.weft.flow.reference;

import dev.weft.common.access.Caller;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds which component each credential of a workspace is for, and whether it can be used. */
interface CredentialLookup {
    /** Of which component each of them is, by id, without those that the workspace does not have. */
    Map<String, String> components(Caller caller, String workspaceId, Set<String> ids);

    /** What each of them lacks for a flow to run with it, by id, without those that the workspace does not have. */
    Map<String, List<String>> lacks(Caller caller, String workspaceId, Set<String> ids);
}
