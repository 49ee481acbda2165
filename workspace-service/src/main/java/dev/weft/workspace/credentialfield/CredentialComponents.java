package dev.weft.workspace.credentialfield;

import dev.weft.common.access.Caller;
import java.util.Optional;

/** The components that credentials are for; component-registry knows them. */
public interface CredentialComponents {

    /** The component with its latest descriptor, as it is for flows of the workspace. */
    Optional<CredentialComponent> find(Caller caller, String componentId, String workspaceId);
}
