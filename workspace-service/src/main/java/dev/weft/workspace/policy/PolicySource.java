package dev.weft.workspace.policy;

import java.util.Optional;

/** Where policies are at home. */
interface PolicySource {

    /**
     * The policy as it is now; empty when it is said that there is no such tenant. Refused with {@code unavailable} when
     * nothing is said.
     */
    Optional<PolicyCopy> fetch(String tenantId);
}
