package dev.weft.workspace.contractrecord;

import dev.weft.common.problem.RequestFaults;
import dev.weft.workspace.permission.RoleName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants a contract to be; null where it says nothing.
 *
 * @param faults of the request, told together with those that its roles turn out to have
 */
public record ContractChange(
        @Nullable String name,
        @Nullable List<RoleName> availableRoles,
        @Nullable Boolean flowStatsEnabledDefault,
        @Nullable String supportUserId,
        @Nullable String customData,
        RequestFaults faults) {

    /** Refuses the request when it has faults; a role that the tenant's policy does not have is one. */
    public void requireRolesOf(Set<RoleName> policy) {
        var roles = availableRoles == null ? List.<RoleName>of() : availableRoles;
        for (int i = 0; i < roles.size(); i++) {
            var role = roles.get(i);
            if (!policy.contains(role) || role.scope().equals("tenants")) {
                faults.add("available_roles/" + i, "The tenant has no such role.");
            }
        }
        faults.orThrow();
    }
}
