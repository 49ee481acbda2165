package dev.weft.workspace.member;

import static dev.weft.common.access.Permission.TENANTS_WORKSPACE_EDIT_MEMBERSHIP;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_LIST_ALL;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.contract.ContractService;
import dev.weft.workspace.memberprofile.MemberProfiles;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.membership.MemberWish;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.policy.RoleKeeping;
import dev.weft.workspace.workspace.ContractDepartures;
import dev.weft.workspace.workspace.WorkspaceProblem;
import dev.weft.workspace.workspacerecord.ChangedWorkspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The use cases of a workspace's members (api-v2 6.3, 6.4). */
@Service
class WorkspaceMemberService {

    private final WorkspaceRepository workspaces;
    private final WorkspaceMemberPlace place;
    private final ContractDepartures departures;
    private final MemberProfiles profiles;
    private final MembershipFacts facts;
    private final AccessClient access;
    private final Clock clock;

    WorkspaceMemberService(
            WorkspaceRepository workspaces,
            ContractService contracts,
            ContractDepartures departures,
            MemberProfiles profiles,
            MembershipFacts facts,
            RoleBook book,
            RoleKeeping keeping,
            AccessClient access,
            Clock clock) {
        this.workspaces = workspaces;
        this.place = new WorkspaceMemberPlace(workspaces, contracts, book, keeping, access);
        this.departures = departures;
        this.profiles = profiles;
        this.facts = facts;
        this.access = access;
        this.clock = clock;
    }

    List<MemberView> list(Caller caller, String id) {
        access.requireMemberOr(caller, new Scope.Workspace(id), WORKSPACES_WORKSPACE_LIST_ALL);
        return MemberView.of(caller, place.get(id).members(), profiles);
    }

    MemberView add(Caller caller, String id, Supplier<MemberWish> document) {
        var grants = place.requireToEdit(caller, id);
        var contract = place.contractOf(place.get(id));
        var owners = WorkspaceMemberPlace.ownerRight(caller, grants, contract);
        var wish = place.fitting(document.get(), contract);
        var userId = wish.userId();
        if (!contract.members().has(userId)) {
            throw WorkspaceProblem.notInContract().exception();
        }
        var profile = profiles.find(caller, List.of(userId)).get(userId);
        var saved = place.giving(
                contract,
                wish.roles(),
                () -> workspaces.change(id, current -> {
                    owners.require(current.members(), userId, wish.roles());
                    var members = current.members()
                            .add(userId, wish.roles(), clock.instant())
                            .orThrow();
                    return new ChangedWorkspace(
                            current.with(members),
                            facts.added(WorkspaceMemberPlace.subject(current), caller.id(), userId, wish.roles()));
                }));
        // Contract and workspace are two documents: the user may have left the contract after it was looked at, and the
        // end of that membership been applied before this one was there.
        if (departures.apply(contract.id(), userId, caller.id())) {
            throw WorkspaceProblem.notInContract().exception();
        }
        return new MemberView(saved.members().get(userId), profile);
    }

    MemberView changeRoles(Caller caller, String id, String userId, Supplier<MemberWish> document) {
        place.requireMemberIsThere(caller, id, userId);
        var grants = place.requireToEdit(caller, id);
        var contract = place.contractOf(place.get(id));
        var owners = WorkspaceMemberPlace.ownerRight(caller, grants, contract);
        var roles = place.fitting(document.get(), contract).roles();
        var saved = place.giving(
                contract,
                roles,
                () -> workspaces.change(id, current -> {
                    owners.require(current.members(), userId, roles);
                    var members = current.members().changeRoles(userId, roles).orThrow();
                    return new ChangedWorkspace(
                            current.with(members),
                            facts.changed(WorkspaceMemberPlace.subject(current), caller.id(), userId, roles));
                }));
        return MemberView.of(caller, saved.members(), userId, profiles);
    }

    /** Possible in a suspended contract too: taking access away must be (api-v2 5.3). */
    void remove(Caller caller, String id, String userId) {
        place.requireMemberIsThere(caller, id, userId);
        var grants = access.find(caller, new Scope.Workspace(id))
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
        if (!grants.has(WORKSPACES_WORKSPACE_EDIT) && !grants.has(TENANTS_WORKSPACE_EDIT_MEMBERSHIP)) {
            throw Problem.forbidden(WORKSPACES_WORKSPACE_EDIT.wire()).exception();
        }
        var owners = WorkspaceMemberPlace.ownerRight(caller, grants, place.contractOf(place.get(id)));
        workspaces.change(id, current -> {
            owners.require(current.members(), userId, List.of());
            var members = current.members().remove(userId).orThrow();
            var heir = current.members().heirOf(userId, caller.id());
            return new ChangedWorkspace(
                    current.with(members),
                    facts.ended(WorkspaceMemberPlace.subject(current), caller.id(), userId, heir));
        });
    }
}
