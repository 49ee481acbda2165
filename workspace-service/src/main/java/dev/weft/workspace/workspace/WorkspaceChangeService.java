package dev.weft.workspace.workspace;

import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_CREATE;
import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_DELETE;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.membership.Members;
import dev.weft.workspace.tenant.TenantDefaultsSource;
import dev.weft.workspace.workspacerecord.ChangedWorkspace;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;

/** How workspaces are made, changed and deleted (api-v2 6.2). */
@Service
class WorkspaceChangeService {

    private final WorkspaceRepository workspaces;
    private final WorkspaceFacts facts;
    private final ContractDepartures departures;
    private final TenantDefaultsSource tenants;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    WorkspaceChangeService(
            WorkspaceRepository workspaces,
            WorkspaceFacts facts,
            ContractDepartures departures,
            TenantDefaultsSource tenants,
            AccessClient access,
            Ids ids,
            Clock clock) {
        this.workspaces = workspaces;
        this.facts = facts;
        this.departures = departures;
        this.tenants = tenants;
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
        var type = WorkspaceType.of(tenants.of(caller, tenantId).workspaceType());
        var workspace = Workspace.open(ids.next(), tenantId, contractId, "", type, members)
                .with(wish);
        workspaces.insert(workspace, facts.created(workspace, caller.id()));
        if (departures.apply(contractId, caller.id(), caller.id())) {
            throw Problem.forbidden(CONTRACTS_WORKSPACE_CREATE.wire()).exception();
        }
        return workspace;
    }

    Workspace change(Caller caller, String id, WorkspaceRequest request) {
        var scope = new Scope.Workspace(id);
        // All permissions first: whoever lacks one does not learn from this that the contract is suspended.
        request.permissions().forEach(permission -> access.requireToRead(caller, permission, scope));
        request.permissions().forEach(permission -> access.require(caller, permission, scope));
        var wish = request.change(id);
        return workspaces.change(id, workspace -> {
            var changed = workspace.with(wish);
            return new ChangedWorkspace(changed, facts.updated(changed, caller.id()));
        });
    }

    /** Invisible at once; what is in it goes by the event. */
    void delete(Caller caller, String id) {
        access.requireAny(caller, new Scope.Workspace(id), WORKSPACES_WORKSPACE_EDIT, CONTRACTS_WORKSPACE_DELETE);
        workspaces.change(
                id, workspace -> new ChangedWorkspace(workspace.delete(), facts.deleting(workspace, caller.id())));
    }
}
