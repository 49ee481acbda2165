package dev.weft.workspace.policy;

import dev.weft.common.event.Outgoing;
import java.util.Optional;
import java.util.function.LongFunction;

/** The copies of policies. */
interface PolicyCopies {

    Optional<PolicyCopy> find(String tenantId);

    /**
     * Keeps what was fetched, unless something newer is kept already. If that is another policy than was kept before, the
     * fact goes out before this returns.
     *
     * @param announcement the fact, by the edition that the copy has then
     * @return what is kept now
     */
    PolicyCopy keep(PolicyCopy fetched, LongFunction<Outgoing> announcement);

    void remove(String tenantId);
}
