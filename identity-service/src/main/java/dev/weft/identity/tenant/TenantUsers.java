package dev.weft.identity.tenant;

/** What tenants must know of users. */
public interface TenantUsers {
    boolean belongsTo(String userId, String tenantId);
}
