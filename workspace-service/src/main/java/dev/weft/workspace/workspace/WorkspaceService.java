package dev.weft.workspace.workspace;

import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_LIST_ALL;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_LIST_ALL;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.workspace.contract.ContractService;
import dev.weft.workspace.inviterecord.Invite;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.memberprofile.MemberProfiles;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.workspacerecord.FoundWorkspaces;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceFilter;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.util.List;
import org.springframework.stereotype.Service;

/** How workspaces are read (api-v2 6.2). */
@Service
class WorkspaceService {

    private final WorkspaceRepository workspaces;
    private final ContractService contracts;
    private final InviteRepository invites;
    private final MemberProfiles profiles;
    private final AccessClient access;

    WorkspaceService(
            WorkspaceRepository workspaces,
            ContractService contracts,
            InviteRepository invites,
            MemberProfiles profiles,
            AccessClient access) {
        this.workspaces = workspaces;
        this.contracts = contracts;
        this.invites = invites;
        this.profiles = profiles;
        this.access = access;
    }

    Workspace get(Caller caller, String id) {
        access.requireMemberOr(
                caller, new Scope.Workspace(id), WORKSPACES_WORKSPACE_LIST_ALL, CONTRACTS_WORKSPACE_LIST_ALL);
        return workspaces
                .find(id)
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
    }

    @OpenToAll("of a workspace that the caller was shown")
    List<MemberView> membersOf(Caller caller, Workspace workspace) {
        return MemberView.of(caller, workspace.members(), profiles);
    }

    /** The pending invites as part of the workspace, for whoever may see that. */
    List<Invite> invites(Caller caller, String id) {
        return invites.ofWorkspace(get(caller, id).id());
    }

    /** Whether a workspace of that id exists in the caller's tenant. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String id) {
        return workspaces
                .find(id)
                .filter(workspace -> caller.sees(workspace.tenantId()))
                .isPresent();
    }

    /** Own workspaces; all of a contract for who may see them; all of a tenant for a service account. */
    FoundWorkspaces list(Caller caller, WorkspaceListing listing) {
        var contractId = listing.contractId();
        if (contractId == null) {
            return workspaces.list(
                    caller.tenantId() == null
                            ? new WorkspaceFilter(contracts.tenantOfList(caller, listing.tenantId()), null, null)
                            : new WorkspaceFilter(null, null, caller.id()),
                    listing.skip(),
                    listing.size());
        }
        var grants = access.find(caller, new Scope.Contract(contractId))
                .orElseThrow(() -> WorkspaceProblem.unknownContract(contractId).exception());
        // A list filters and does not refuse: without the permission it shows the own workspaces of the contract.
        var seesAll = grants.has(CONTRACTS_WORKSPACE_LIST_ALL) || grants.has(WORKSPACES_WORKSPACE_LIST_ALL);
        return workspaces.list(
                new WorkspaceFilter(null, contractId, seesAll ? null : caller.id()), listing.skip(), listing.size());
    }
}
