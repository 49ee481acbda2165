package dev.weft.workspace.policy;

import java.util.Optional;

/** Where policies are at home. */
interface PolicySource {

    /** The policy as it is now; empty when there is no such tenant. */
    Optional<PolicyCopy> fetch(String tenantId);
}
