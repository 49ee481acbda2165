package dev.weft.workspace.workspace;

import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_CREATE;
import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_DELETE;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT_TYPE;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.componentuse.UnlistedComponents;
import dev.weft.workspace.membership.Members;
import dev.weft.workspace.room.ContractRoom;
import dev.weft.workspace.room.FlowLimits;
import dev.weft.workspace.tenant.TenantDefaultsSource;
import dev.weft.workspace.workspacerecord.ChangedWorkspace;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceChange;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** How workspaces are made, changed and deleted (api-v2 6.2). */
@Service
class WorkspaceChangeService {

    private final WorkspaceRepository workspaces;
    private final WorkspaceFacts facts;
    private final ContractDepartures departures;
    private final TenantDefaultsSource tenants;
    private final ContractRoom room;
    private final UnlistedComponents unlisted;
    private final FlowLimits flowLimits;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    WorkspaceChangeService(
            WorkspaceRepository workspaces,
            WorkspaceFacts facts,
            ContractDepartures departures,
            TenantDefaultsSource tenants,
            ContractRoom room,
            UnlistedComponents unlisted,
            FlowLimits flowLimits,
            AccessClient access,
            Ids ids,
            Clock clock) {
        this.workspaces = workspaces;
        this.facts = facts;
        this.departures = departures;
        this.tenants = tenants;
        this.room = room;
        this.unlisted = unlisted;
        this.flowLimits = flowLimits;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param document read only once the caller may make workspaces in the contract */
    Workspace create(Caller caller, String contractId, Supplier<WorkspaceChange> document) {
        var scope = new Scope.Contract(contractId);
        // The reference is to blame, and named; require would only say that there is no such contract.
        if (access.find(caller, scope).isEmpty()) {
            throw WorkspaceProblem.unknownContract(contractId)
                    .atReference("contract")
                    .exception();
        }
        var tenantId = access.require(caller, CONTRACTS_WORKSPACE_CREATE, scope).tenantId();
        var wish = document.get();
        var members = Members.none()
                .add(caller.id(), List.of("owner"), clock.instant())
                .orThrow();
        var type = WorkspaceType.of(tenants.of(caller, tenantId).workspaceType());
        var workspace = Workspace.open(ids.next(), tenantId, contractId, "", type, members)
                .with(wish);
        room.storeWorkspace(
                tenantId,
                contractId,
                workspace.type(),
                workspace.id(),
                () -> workspaces.insert(workspace, facts.created(workspace, caller.id())));
        if (departures.apply(contractId, caller.id(), caller.id())) {
            throw Problem.forbidden(CONTRACTS_WORKSPACE_CREATE.wire()).exception();
        }
        return workspace;
    }

    /**
     * @param attributes the names of those that the request has, since the type has a permission of its own
     * @param document   read only once the caller may change them
     */
    Workspace change(Caller caller, String id, Set<String> attributes, Supplier<WorkspaceChange> document) {
        var scope = new Scope.Workspace(id);
        var needed = permissions(attributes);
        // All permissions first: whoever lacks one does not learn from this that the contract is suspended.
        needed.forEach(permission -> access.requireToRead(caller, permission, scope));
        needed.forEach(permission -> access.require(caller, permission, scope));
        var wish = document.get();
        if (wish.type() == WorkspaceType.FULL) {
            requireUsableWhenFull(caller, id);
        }
        Supplier<Workspace> save = () -> workspaces.change(id, workspace -> {
            var changed = workspace.with(wish);
            return new ChangedWorkspace(changed, facts.updated(changed, caller.id()));
        });
        var type = wish.type();
        // Another type takes a place among those of that type, as a new workspace does.
        return workspaces
                .find(id)
                .filter(workspace -> type != null && type != workspace.type())
                .map(workspace -> room.storeWorkspace(
                        workspace.tenantId(), workspace.contractId(), Objects.requireNonNull(type), id, save))
                .orElseGet(save);
    }

    /**
     * What a limited workspace may use a full one may not, where the tenant has a whitelist (api-v2 7.2); and the flows of a
     * full one count.
     */
    private void requireUsableWhenFull(Caller caller, String id) {
        var workspace = workspaces
                .find(id)
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
        if (workspace.type() == WorkspaceType.FULL) {
            return;
        }
        if (tenants.of(caller, workspace.tenantId()).hasWhitelist()) {
            var components = unlisted.usedIn(caller, workspace);
            if (!components.isEmpty()) {
                throw WorkspaceProblem.usesUnlisted(components).exception();
            }
        }
        flowLimits.requireRoomFor(caller, workspace);
    }

    /** A request needs the permissions of all that it touches. */
    private static Set<Permission> permissions(Set<String> attributes) {
        var needed = EnumSet.noneOf(Permission.class);
        var type = attributes.contains("type");
        if (!type || attributes.contains("name") || attributes.contains("flow_stats_enabled_default")) {
            needed.add(WORKSPACES_WORKSPACE_EDIT);
        }
        if (type) {
            needed.add(WORKSPACES_WORKSPACE_EDIT_TYPE);
        }
        return needed;
    }

    /** Invisible at once; what is in it goes by the event. */
    void delete(Caller caller, String id) {
        access.requireAny(caller, new Scope.Workspace(id), WORKSPACES_WORKSPACE_EDIT, CONTRACTS_WORKSPACE_DELETE);
        workspaces.change(
                id, workspace -> new ChangedWorkspace(workspace.delete(), facts.deleting(workspace, caller.id())));
    }
}
