package dev.weft.workspace.contract;

import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractWorkspaces;
import dev.weft.workspace.permission.Role;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.policy.RoleKeeping;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The roles of a tenant as far as its contracts use them. */
record ContractRoles(RoleBook book, RoleKeeping keeping, ContractWorkspaces workspaces) {

    Set<RoleName> policy(String tenantId) {
        return book.roles(tenantId).stream().map(Role::name).collect(Collectors.toSet());
    }

    /** Those of the tenant that the contract does not offer. */
    List<RoleName> dropped(Contract changed) {
        return policy(changed.tenantId()).stream()
                .filter(role -> !changed.allows(role))
                .toList();
    }

    /** Does the work that stores the names, whose roles stay in the policy, and the tenant too, until it is done. */
    <T> T naming(String tenantId, List<RoleName> named, Supplier<T> work) {
        return keeping.keeping(tenantId, named, ContractProblem::roleGone, work);
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
