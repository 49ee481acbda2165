package dev.weft.identity.policyrecord;

import dev.weft.common.event.Outgoing;

/** The policies of tenants. */
public interface PolicyRepository {

    /** The one that every tenant starts with, unless it was changed. */
    TenantPolicy get(String tenantId);

    /** Stores it over the revision before; false when somebody was faster. The fact is out on return. */
    boolean save(TenantPolicy policy, Outgoing fact);

    void remove(String tenantId);
}
