package dev.weft.workspace.member;

import static dev.weft.common.access.Permission.CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Scope;
import dev.weft.workspace.contract.ContractProblem;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.contractrecord.ContractWorkspaces;
import dev.weft.workspace.membership.MemberWish;
import dev.weft.workspace.membership.MembershipSubject;
import dev.weft.workspace.membership.OwnerRight;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.policy.RoleKeeping;
import java.util.List;
import java.util.function.Supplier;

/** A contract as the place where somebody is or becomes a member. */
record ContractMemberPlace(
        ContractRepository contracts,
        ContractWorkspaces workspaces,
        RoleBook book,
        RoleKeeping keeping,
        AccessClient access) {

    /** Whoever adds members without asking them holds the right in the whole tenant. */
    static OwnerRight ownerRight(Caller caller, Grants grants) {
        return new OwnerRight(caller, grants.has(CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY));
    }

    void requireWorkspacesKeepOwners(String id, String userId) {
        var orphaned = workspaces.ownedOnlyBy(id, userId);
        if (!orphaned.isEmpty()) {
            throw ContractProblem.ownsWorkspaces(orphaned).exception();
        }
    }

    void requireMemberIsThere(Caller caller, String id, String userId) {
        if (access.find(caller, new Scope.Contract(id)).isEmpty()) {
            throw ContractProblem.unknown(id).exception();
        }
        get(id).members().get(userId);
    }

    Contract get(String id) {
        return contracts.find(id).orElseThrow(() -> ContractProblem.unknown(id).exception());
    }

    /** That wish; refused when something is wrong with it, or its roles can not be given in the contract. */
    MemberWish fitting(MemberWish wish, Contract contract) {
        wish.requireAssignable(book.assignable(contract.tenantId(), RoleName.CONTRACTS, contract.availableRoles()));
        return wish;
    }

    /** Does the work that stores the roles, which stay in the tenant's policy until it is done. */
    <T> T giving(Contract contract, List<String> roles, Supplier<T> work) {
        return keeping.keeping(
                contract.tenantId(),
                roles.stream().map(RoleName::ofContract).toList(),
                gone -> ContractProblem.roleDropped(gone.role()),
                work);
    }

    /** The contract may have dropped a role since the request was read. */
    static void requireAllowed(Contract contract, List<String> roles) {
        for (var role : roles) {
            if (!contract.allows(RoleName.ofContract(role))) {
                throw ContractProblem.roleDropped(role).exception();
            }
        }
    }

    static MembershipSubject subject(Contract contract) {
        return MembershipSubject.contract(contract.id(), contract.tenantId(), contract.revision() + 1);
    }
}
