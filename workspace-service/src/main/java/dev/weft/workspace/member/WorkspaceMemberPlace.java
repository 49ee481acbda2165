package dev.weft.workspace.member;

import static dev.weft.common.access.Permission.TENANTS_WORKSPACE_EDIT_MEMBERSHIP;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Scope;
import dev.weft.workspace.contract.ContractProblem;
import dev.weft.workspace.contract.ContractService;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.membership.MemberWish;
import dev.weft.workspace.membership.MembershipSubject;
import dev.weft.workspace.membership.OwnerRight;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.policy.RoleKeeping;
import dev.weft.workspace.workspace.WorkspaceProblem;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.util.List;
import java.util.function.Supplier;

/** A workspace as the place where somebody is or becomes a member. */
record WorkspaceMemberPlace(
        WorkspaceRepository workspaces,
        ContractService contracts,
        RoleBook book,
        RoleKeeping keeping,
        AccessClient access) {

    Grants requireToEdit(Caller caller, String id) {
        return access.requireAny(
                caller, new Scope.Workspace(id), WORKSPACES_WORKSPACE_EDIT, TENANTS_WORKSPACE_EDIT_MEMBERSHIP);
    }

    static OwnerRight ownerRight(Caller caller, Grants grants, Contract contract) {
        return new OwnerRight(
                caller,
                grants.has(TENANTS_WORKSPACE_EDIT_MEMBERSHIP)
                        || contract.members().isOwner(caller.id()));
    }

    void requireMemberIsThere(Caller caller, String id, String userId) {
        if (access.find(caller, new Scope.Workspace(id)).isEmpty()) {
            throw WorkspaceProblem.unknown(id).exception();
        }
        get(id).members().get(userId);
    }

    Workspace get(String id) {
        return workspaces
                .find(id)
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
    }

    Contract contractOf(Workspace workspace) {
        return contracts
                .find(workspace.contractId())
                .orElseThrow(() -> WorkspaceProblem.unknown(workspace.id()).exception());
    }

    /** That wish; refused when something is wrong with it, or its roles can not be given in the workspace. */
    MemberWish fitting(MemberWish wish, Contract contract) {
        wish.requireAssignable(book.assignable(contract.tenantId(), RoleName.WORKSPACES, contract.availableRoles()));
        return wish;
    }

    /** Does the work that stores the roles, which stay in the tenant's policy until it is done. */
    <T> T giving(Contract contract, List<String> roles, Supplier<T> work) {
        return keeping.keeping(
                contract.tenantId(),
                roles.stream().map(RoleName::ofWorkspace).toList(),
                gone -> ContractProblem.roleDropped(gone.role()),
                work);
    }

    static MembershipSubject subject(Workspace workspace) {
        return MembershipSubject.workspace(
                workspace.id(), workspace.tenantId(), workspace.contractId(), workspace.revision() + 1);
    }
}
