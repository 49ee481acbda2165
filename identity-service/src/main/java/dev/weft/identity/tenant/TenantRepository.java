package dev.weft.identity.tenant;

import dev.weft.common.event.Outgoing;
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

    /**
     * Some tenants.
     *
     * @param cut   whether they end before the size that was asked for
     * @param total how many there are in all
     */
    record Found(List<Tenant> tenants, boolean cut, long total) {}

    /** In the order of their ids. */
    Found list(int skip, int size);

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
