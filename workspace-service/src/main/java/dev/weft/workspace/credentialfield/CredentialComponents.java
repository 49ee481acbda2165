package dev.weft.workspace.credentialfield;

import dev.weft.common.access.Caller;
import java.util.Optional;

/** The components that credentials are for; component-registry knows them. */
public interface CredentialComponents {

    /**
     * A component as its credentials need it.
     *
     * @param usable whether flows of the workspace may use it
     */
    record CredentialComponent(String id, String name, boolean usable, CredentialFields fields) {}

    /** The component with its latest descriptor, as it is for flows of the workspace. */
    Optional<CredentialComponent> find(Caller caller, String componentId, String workspaceId);
}
