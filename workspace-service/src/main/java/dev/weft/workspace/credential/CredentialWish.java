package dev.weft.workspace.credential;

import dev.weft.common.problem.RequestFaults;
import dev.weft.workspace.credentialfield.CredentialKeys;
import java.util.Optional;

/**
 * What a request says of a credential; empty where it says nothing.
 *
 * @param componentId of a new one, which keeps it
 * @param keys        with masks in place of values that stay
 * @param faults      of the request, to which the use case adds those of the keys before it refuses with all of them
 */
record CredentialWish(
        Optional<String> componentId, Optional<String> name, Optional<CredentialKeys> keys, RequestFaults faults) {}
