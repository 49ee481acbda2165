package dev.weft.workspace.quota;

import dev.weft.common.event.Outgoing;
import java.util.List;
import java.util.Optional;

/** The quotas that were set. */
interface QuotaRepository {

    /** The first of the contexts for which one is set. */
    Optional<Quota> first(QuotaType type, List<QuotaContext> contexts);

    /** Sets or replaces it; the fact is told when this returns, if the broker is there. */
    void put(Quota quota, Outgoing fact);

    /** Forgets all that was set for the tenant, contract or workspace of that id, and for what is in it. */
    void removeOf(String id);
}
