package dev.weft.identity.tenantrecord;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tenants of the installation. One that is being deleted is found by no method but {@link #underDeletion}. */
public interface TenantRepository {

    Optional<Tenant> find(String id);

    Optional<Tenant> findByCode(String code);

    /** Whether a tenant has that code, be it one that is being deleted. */
    boolean isTaken(String code);

    /** In the order of their ids. */
    FoundTenants list(int skip, int size);

    /** Stores a new tenant and the fact about it. */
    TenantSaving insert(Tenant tenant, Outgoing fact);

    /** Replaces what users may change, over the revision before; administrators stay as they are. */
    TenantSaving update(Tenant tenant, Outgoing fact);

    /** From now on the tenant is invisible; false when it was so already. The fact is out on return. */
    boolean beginDeletion(String id, Outgoing fact);

    /** Removes the record of a tenant under deletion whose facts are all told; else it stays for later. */
    void endDeletion(String id);

    /** Some tenants that are under deletion since before {@code limit}. */
    List<Tenant> underDeletion(Instant limit);

    /** Makes the user an administrator. */
    void addAdmin(String tenantId, String userId, Outgoing fact);

    /** Withdraws the role; false, and nothing changed, when there would be no administrator left. */
    boolean removeAdmin(String tenantId, String userId, Outgoing fact);

    /** The user is gone; whoever remains. */
    void forgetAdmin(String tenantId, String userId);
}
