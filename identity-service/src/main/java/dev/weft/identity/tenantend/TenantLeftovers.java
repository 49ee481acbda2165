package dev.weft.identity.tenantend;

/**
 * Implemented by features that store something about a tenant, beside what they store about its users, to remove it when
 * the tenant is deleted; may be called again.
 */
public interface TenantLeftovers {

    void removeAllOf(String tenantId);
}
