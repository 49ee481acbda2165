package dev.weft.workspace.credential;

import dev.weft.common.access.Caller;
import java.util.Optional;

/** The components that credentials are for; component-registry knows them. */
interface CredentialComponents {

    /** The component with its latest descriptor, as it is for flows of the workspace. */
    Optional<CredentialComponent> find(Caller caller, String componentId, String workspaceId);
}
