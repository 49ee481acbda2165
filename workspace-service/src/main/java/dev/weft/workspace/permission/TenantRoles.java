package dev.weft.workspace.permission;

import java.util.List;

/**
 * The roles of a tenant's policy.
 *
 * @param edition of the policy; a change is announced under a higher one
 */
public record TenantRoles(long edition, List<Role> roles) {

    /** Those of a tenant that is gone. */
    public static TenantRoles none() {
        return new TenantRoles(0, List.of());
    }
}
