package dev.weft.workspace.member;

import static dev.weft.common.access.Permission.TENANTS_WORKSPACE_EDIT_MEMBERSHIP;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_LIST_ALL;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.contract.Contract;
import dev.weft.workspace.contract.ContractService;
import dev.weft.workspace.membership.MemberProfiles;
import dev.weft.workspace.membership.MemberRequest;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.membership.OwnerRight;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.workspace.ContractDepartures;
import dev.weft.workspace.workspace.Workspace;
import dev.weft.workspace.workspace.WorkspaceProblem;
import dev.weft.workspace.workspace.WorkspaceRepository;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;

/** The use cases of a workspace's members (api-v2 6.3, 6.4). */
@Service
class WorkspaceMemberService {

    private final WorkspaceRepository workspaces;
    private final ContractService contracts;
    private final ContractDepartures departures;
    private final MemberProfiles profiles;
    private final MembershipFacts facts;
    private final RoleBook book;
    private final AccessClient access;
    private final Clock clock;

    WorkspaceMemberService(
            WorkspaceRepository workspaces,
            ContractService contracts,
            ContractDepartures departures,
            MemberProfiles profiles,
            MembershipFacts facts,
            RoleBook book,
            AccessClient access,
            Clock clock) {
        this.workspaces = workspaces;
        this.contracts = contracts;
        this.departures = departures;
        this.profiles = profiles;
        this.facts = facts;
        this.book = book;
        this.access = access;
        this.clock = clock;
    }

    List<MemberView> list(Caller caller, String id) {
        access.requireMemberOr(caller, new Scope.Workspace(id), WORKSPACES_WORKSPACE_LIST_ALL);
        return MemberView.of(caller, get(id).members(), profiles);
    }

    MemberView add(Caller caller, String id, MemberRequest request) {
        var grants = requireToEdit(caller, id);
        var contract = contractOf(get(id));
        var owners = ownerRight(caller, grants, contract);
        var wish = request.joining(assignable(contract));
        var userId = wish.userId();
        if (!contract.members().has(userId)) {
            throw WorkspaceProblem.notInContract().exception();
        }
        var profile = profiles.find(caller, List.of(userId)).get(userId);
        var saved = workspaces.change(id, current -> {
            owners.require(current.members(), userId, wish.roles());
            var members =
                    current.members().add(userId, wish.roles(), clock.instant()).orThrow();
            return new WorkspaceRepository.Changed(
                    current.with(members), facts.changed(subject(current), caller.id(), userId, wish.roles()));
        });
        // Contract and workspace are two documents: the user may have left the contract after it was looked at, and the
        // end of that membership been applied before this one was there.
        if (departures.apply(contract.id(), userId, caller.id())) {
            throw WorkspaceProblem.notInContract().exception();
        }
        return new MemberView(saved.members().get(userId), profile);
    }

    MemberView changeRoles(Caller caller, String id, String userId, MemberRequest request) {
        requireMemberIsThere(caller, id, userId);
        var grants = requireToEdit(caller, id);
        var contract = contractOf(get(id));
        var owners = ownerRight(caller, grants, contract);
        var roles = request.changing(userId, assignable(contract));
        var saved = workspaces.change(id, current -> {
            owners.require(current.members(), userId, roles);
            var members = current.members().changeRoles(userId, roles).orThrow();
            return new WorkspaceRepository.Changed(
                    current.with(members), facts.changed(subject(current), caller.id(), userId, roles));
        });
        return MemberView.of(caller, saved.members(), userId, profiles);
    }

    /** Possible in a suspended contract too: taking access away must be (api-v2 5.3). */
    void remove(Caller caller, String id, String userId) {
        requireMemberIsThere(caller, id, userId);
        var grants = access.find(caller, new Scope.Workspace(id))
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
        if (!grants.has(WORKSPACES_WORKSPACE_EDIT) && !grants.has(TENANTS_WORKSPACE_EDIT_MEMBERSHIP)) {
            throw Problem.forbidden(WORKSPACES_WORKSPACE_EDIT.wire()).exception();
        }
        var owners = ownerRight(caller, grants, contractOf(get(id)));
        workspaces.change(id, current -> {
            owners.require(current.members(), userId, List.of());
            var members = current.members().remove(userId).orThrow();
            var heir = current.members().heirOf(userId, caller.id());
            return new WorkspaceRepository.Changed(
                    current.with(members), facts.ended(subject(current), caller.id(), userId, heir));
        });
    }

    private Grants requireToEdit(Caller caller, String id) {
        return access.requireAny(
                caller, new Scope.Workspace(id), WORKSPACES_WORKSPACE_EDIT, TENANTS_WORKSPACE_EDIT_MEMBERSHIP);
    }

    private static OwnerRight ownerRight(Caller caller, Grants grants, Contract contract) {
        return new OwnerRight(
                caller,
                grants.has(TENANTS_WORKSPACE_EDIT_MEMBERSHIP)
                        || contract.members().isOwner(caller.id()));
    }

    private void requireMemberIsThere(Caller caller, String id, String userId) {
        if (access.find(caller, new Scope.Workspace(id)).isEmpty()) {
            throw WorkspaceProblem.unknown(id).exception();
        }
        get(id).members().get(userId);
    }

    private Workspace get(String id) {
        return workspaces
                .find(id)
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
    }

    private Contract contractOf(Workspace workspace) {
        return contracts
                .find(workspace.contractId())
                .orElseThrow(() -> WorkspaceProblem.unknown(workspace.id()).exception());
    }

    private Set<String> assignable(Contract contract) {
        return book.assignable(contract.tenantId(), RoleName.WORKSPACES, contract.availableRoles());
    }

    private static MembershipFacts.Subject subject(Workspace workspace) {
        return MembershipFacts.Subject.workspace(
                workspace.id(), workspace.tenantId(), workspace.contractId(), workspace.revision() + 1);
    }
}
