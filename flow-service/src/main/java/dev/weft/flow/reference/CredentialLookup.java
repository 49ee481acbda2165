package dev.weft.flow.reference;

import dev.weft.common.access.Caller;
import java.util.Optional;

/** Finds the component that a credential of a workspace is for. */
interface CredentialLookup {
    Optional<String> component(Caller caller, String workspaceId, String credentialId);
}
