package dev.weft.workspace.contract;

import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractWorkspaces;
import dev.weft.workspace.permission.Role;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.permission.RoleName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The roles of a tenant as far as its contracts use them. */
record ContractRoles(RoleBook book, ContractWorkspaces workspaces) {

    Set<RoleName> policy(String tenantId) {
        return book.roles(tenantId).stream().map(Role::name).collect(Collectors.toSet());
    }

    /** Those of the tenant that the contract does not offer. */
    List<RoleName> dropped(Contract changed) {
        return policy(changed.tenantId()).stream()
                .filter(role -> !changed.allows(role))
                .toList();
    }

    void requireDroppedUnused(Contract changed) {
        for (var role : dropped(changed)) {
            if (isUsed(changed, role)) {
                throw ContractProblem.roleInUse(role).exception();
            }
        }
    }

    private boolean isUsed(Contract contract, RoleName role) {
        return switch (role.scope()) {
            case RoleName.CONTRACTS -> contract.members().isUsed(role.role());
            case RoleName.WORKSPACES -> workspaces.useRole(contract.id(), role.role());
            default -> false;
        };
    }
}
