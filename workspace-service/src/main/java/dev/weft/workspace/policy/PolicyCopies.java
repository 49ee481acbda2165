package dev.weft.workspace.policy;

import dev.weft.common.event.Outgoing;
import java.util.Optional;

/** The copies of policies. */
interface PolicyCopies {

    Optional<PolicyCopy> find(String tenantId);

    /**
     * Keeps what was fetched, unless something newer is kept already. If that is another policy than was kept before, the
     * fact goes out before this returns.
     *
     * @return what is kept now
     */
    PolicyCopy keep(PolicyCopy fetched, Outgoing announcement);

    void remove(String tenantId);
}
