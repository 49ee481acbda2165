package dev.weft.flow.reference;

import dev.weft.common.access.Caller;
import java.util.List;
import java.util.Optional;

/** What credentials of a workspace are for, and whether they can be used. */
interface CredentialLookup {
    Optional<String> component(Caller caller, String workspaceId, String credentialId);

    /** What the credential lacks for a flow to run with it; empty when the workspace has none of that id. */
    Optional<List<String>> lacks(Caller caller, String workspaceId, String credentialId);
}
