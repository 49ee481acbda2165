package dev.weft.identity.tenant;

import dev.weft.common.messaging.Outgoing;
import java.util.List;
import java.util.Optional;

/** The tenants of the installation. */
public interface TenantRepository {

    /** What is unique in an installation. */
    enum Taken {
        CODE,
        APP_DOMAIN
    }

    Optional<Tenant> find(String id);

    Optional<Tenant> findByCode(String code);

    /** All tenants in the order of their ids. */
    List<Tenant> list();

    /** Stores a new tenant and the fact about it; answers what another tenant has already, empty when stored. */
    Optional<Taken> insert(Tenant tenant, Outgoing fact);

    /** Replaces what users may change; answers what another tenant has already. */
    Optional<Taken> update(Tenant tenant, Outgoing fact);

    /** Makes the user an administrator. */
    void addAdmin(String tenantId, String userId, Outgoing fact);

    /** Withdraws the role; false, and nothing changed, when there would be no administrator left. */
    boolean removeAdmin(String tenantId, String userId, Outgoing fact);

    /** The user is gone; whoever remains. */
    void forgetAdmin(String tenantId, String userId);
}
