package dev.weft.workspace.workspace;

import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_CREATE;
import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_DELETE;
import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_LIST_ALL;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_LIST_ALL;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.contract.Contract;
import dev.weft.workspace.contract.ContractService;
import dev.weft.workspace.membership.MemberProfiles;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.membership.Members;
import dev.weft.workspace.tenant.TenantDefaults;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;

/** The use cases of workspaces (api-v2 6.2). */
@Service
class WorkspaceService {

    private final WorkspaceRepository workspaces;
    private final WorkspaceFacts facts;
    private final ContractService contracts;
    private final ContractDepartures departures;
    private final TenantDefaults.Source tenants;
    private final MemberProfiles profiles;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    WorkspaceService(
            WorkspaceRepository workspaces,
            WorkspaceFacts facts,
            ContractService contracts,
            ContractDepartures departures,
            TenantDefaults.Source tenants,
            MemberProfiles profiles,
            AccessClient access,
            Ids ids,
            Clock clock) {
        this.workspaces = workspaces;
        this.facts = facts;
        this.contracts = contracts;
        this.departures = departures;
        this.tenants = tenants;
        this.profiles = profiles;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    Workspace create(Caller caller, WorkspaceRequest request) {
        var contractId = request.contractId();
        var scope = new Scope.Contract(contractId);
        // The relationship is to blame, so the pointer names it; require would only say that there is no such contract.
        if (access.find(caller, scope).isEmpty()) {
            throw WorkspaceProblem.unknownContract(contractId)
                    .at(WorkspaceRequest.CONTRACT)
                    .exception();
        }
        var tenantId = access.require(caller, CONTRACTS_WORKSPACE_CREATE, scope).tenantId();
        var wish = request.creation(id -> workspaces
                .find(id)
                .filter(existing -> caller.sees(existing.tenantId()))
                .isPresent());
        var members = Members.none()
                .add(caller.id(), List.of("owner"), clock.instant())
                .orThrow();
        var type = Workspace.Type.of(tenants.of(caller, tenantId).workspaceType());
        var workspace = Workspace.open(ids.next(), tenantId, contractId, "", type, members)
                .with(wish);
        workspaces.insert(workspace, facts.created(workspace, caller.id()));
        if (departures.apply(contractId, caller.id(), caller.id())) {
            throw Problem.forbidden(CONTRACTS_WORKSPACE_CREATE.wire()).exception();
        }
        return workspace;
    }

    Workspace get(Caller caller, String id) {
        access.requireMemberOr(
                caller, new Scope.Workspace(id), WORKSPACES_WORKSPACE_LIST_ALL, CONTRACTS_WORKSPACE_LIST_ALL);
        return workspaces
                .find(id)
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
    }

    /** The members as part of the workspace, for whoever may see that. */
    List<MemberView> members(Caller caller, String id) {
        return MemberView.of(caller, get(caller, id).members(), profiles);
    }

    /** Own workspaces; all of a contract for who may see them; all of a tenant for a service account. */
    WorkspaceRepository.Found list(Caller caller, WorkspaceListing listing) {
        var contractId = listing.contractId();
        if (contractId == null) {
            return workspaces.list(
                    caller.tenantId() == null
                            ? new WorkspaceRepository.Filter(
                                    contracts.tenantOfList(caller, listing.tenantId()), null, null)
                            : new WorkspaceRepository.Filter(null, null, caller.id()),
                    listing.skip(),
                    listing.size());
        }
        var grants = access.find(caller, new Scope.Contract(contractId))
                .orElseThrow(() -> WorkspaceProblem.unknownContract(contractId).exception());
        // A list filters and does not refuse: without the permission it shows the own workspaces of the contract.
        var seesAll = grants.has(CONTRACTS_WORKSPACE_LIST_ALL) || grants.has(WORKSPACES_WORKSPACE_LIST_ALL);
        return workspaces.list(
                new WorkspaceRepository.Filter(null, contractId, seesAll ? null : caller.id()),
                listing.skip(),
                listing.size());
    }

    Workspace change(Caller caller, String id, WorkspaceRequest request) {
        var scope = new Scope.Workspace(id);
        // All permissions first: whoever lacks one does not learn from this that the contract is suspended.
        request.permissions().forEach(permission -> access.requireToRead(caller, permission, scope));
        request.permissions().forEach(permission -> access.require(caller, permission, scope));
        var wish = request.change(id);
        return workspaces.change(id, workspace -> {
            var changed = workspace.with(wish);
            return new WorkspaceRepository.Changed(changed, facts.updated(changed, caller.id()));
        });
    }

    /** Invisible at once; what is in it goes by the event. */
    void delete(Caller caller, String id) {
        access.requireAny(caller, new Scope.Workspace(id), WORKSPACES_WORKSPACE_EDIT, CONTRACTS_WORKSPACE_DELETE);
        workspaces.change(
                id,
                workspace ->
                        new WorkspaceRepository.Changed(workspace.delete(), facts.deleting(workspace, caller.id())));
    }

    /** What other services need to know; any caller of the tenant may ask, through a service. */
    WorkspaceSummary summary(Caller caller, String id) {
        var grants = access.find(caller, new Scope.Workspace(id))
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
        var workspace = workspaces
                .find(id)
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
        var contract = contracts
                .find(workspace.contractId())
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
        return new WorkspaceSummary(
                id,
                workspace.name(),
                workspace.contractId(),
                grants.tenantId(),
                workspace.type().wire(),
                contract.status().wire(),
                keepsStats(caller, workspace, contract));
    }

    /** The first false on the way from the workspace over its contract to its tenant decides (api-v2 9.4). */
    private boolean keepsStats(Caller caller, Workspace workspace, Contract contract) {
        return !Boolean.FALSE.equals(workspace.flowStatsEnabledDefault())
                && !Boolean.FALSE.equals(contract.settings().flowStatsEnabledDefault())
                && tenants.of(caller, workspace.tenantId()).flowStatsEnabled();
    }
}
