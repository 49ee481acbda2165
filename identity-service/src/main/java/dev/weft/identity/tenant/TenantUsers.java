package dev.weft.identity.tenant;

/** What tenants must know of users. */
public interface TenantUsers {
    boolean belongsTo(String userId, String tenantId);

    /** The tenant counts on the user, who is not deleted for having left a contract. False when that comes too late. */
    boolean keep(String userId);
}
