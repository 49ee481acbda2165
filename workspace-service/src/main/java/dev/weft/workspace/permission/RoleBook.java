package dev.weft.workspace.permission;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The roles of each tenant. */
public interface RoleBook {

    TenantRoles of(String tenantId);

    /** All roles of the tenant's policy. */
    default List<Role> roles(String tenantId) {
        return of(tenantId).roles();
    }

    /** The roles of the policy that a contract lets its members have; an empty list of available roles means all. */
    default List<Role> available(String tenantId, Collection<RoleName> available) {
        return roles(tenantId).stream()
                .filter(role -> !role.scope().equals("tenants"))
                // Empty stands for "nothing is restricted" (api-v2 5.1) and not for "no role at all".
                .filter(role -> available.isEmpty() || available.contains(role.name()))
                .toList();
    }

    /** The words that a membership of this scope may name. */
    default Set<String> assignable(String tenantId, String scope, Collection<RoleName> available) {
        return available(tenantId, available).stream()
                .filter(role -> role.scope().equals(scope))
                .map(Role::role)
                .collect(Collectors.toSet());
    }
}
