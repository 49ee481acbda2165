package dev.weft.identity.tenant;

import dev.weft.common.messaging.Outgoing;
import java.util.List;
import java.util.Optional;

/** The tenants of the installation. */
public interface TenantRepository {

    /** What became of a wish to save: two codes, domains or default tenants are not in one installation. */
    enum Saving {
        DONE,
        /** Someone was faster: what was decided does not hold any more. */
        OUTPACED,
        CODE_TAKEN,
        APP_DOMAIN_TAKEN,
        DEFAULT_TAKEN
    }

    Optional<Tenant> find(String id);

    Optional<Tenant> findByCode(String code);

    /** All tenants in the order of their ids. */
    List<Tenant> list();

    /** Stores a new tenant and the fact about it. */
    Saving insert(Tenant tenant, Outgoing fact);

    /** Replaces what users may change, over the revision before; administrators stay as they are. */
    Saving update(Tenant tenant, Outgoing fact);

    /** Makes the user an administrator. */
    void addAdmin(String tenantId, String userId, Outgoing fact);

    /** Withdraws the role; false, and nothing changed, when there would be no administrator left. */
    boolean removeAdmin(String tenantId, String userId, Outgoing fact);

    /** The user is gone; whoever remains. */
    void forgetAdmin(String tenantId, String userId);
}
