package dev.weft.identity.tenantrecord;

import dev.weft.common.event.Outgoing;
import java.util.Optional;

/** The tenants of the installation. */
public interface TenantRepository {

    Optional<Tenant> find(String id);

    Optional<Tenant> findByCode(String code);

    /** In the order of their ids. */
    FoundTenants list(int skip, int size);

    /** Stores a new tenant and the fact about it. */
    TenantSaving insert(Tenant tenant, Outgoing fact);

    /** Replaces what users may change, over the revision before; administrators stay as they are. */
    TenantSaving update(Tenant tenant, Outgoing fact);

    /** Makes the user an administrator. */
    void addAdmin(String tenantId, String userId, Outgoing fact);

    /** Withdraws the role; false, and nothing changed, when there would be no administrator left. */
    boolean removeAdmin(String tenantId, String userId, Outgoing fact);

    /** The user is gone; whoever remains. */
    void forgetAdmin(String tenantId, String userId);
}
