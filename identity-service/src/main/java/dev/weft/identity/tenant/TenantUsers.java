package dev.weft.identity.tenant;

/** What the tenant feature must know of users. */
public interface TenantUsers {

    /** Whether there is such a user, and of this tenant. */
    boolean belongsTo(String userId, String tenantId);

    /**
     * Keeps the user, whom the tenant needs, from being deleted for having left the last contract. False when the user is
     * gone, or the deletion has begun.
     */
    boolean keep(String userId);
}
