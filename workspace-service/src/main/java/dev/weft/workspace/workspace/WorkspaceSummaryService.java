package dev.weft.workspace.workspace;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.contract.ContractService;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.tenant.TenantDefaultsSource;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import org.springframework.stereotype.Service;

/** What other services ask about workspaces. */
@Service
class WorkspaceSummaryService {

    private final WorkspaceRepository workspaces;
    private final ContractService contracts;
    private final TenantDefaultsSource tenants;
    private final AccessClient access;

    WorkspaceSummaryService(
            WorkspaceRepository workspaces,
            ContractService contracts,
            TenantDefaultsSource tenants,
            AccessClient access) {
        this.workspaces = workspaces;
        this.contracts = contracts;
        this.tenants = tenants;
        this.access = access;
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

    /** Who may own what that user owned there, at this moment. */
    @OpenToAll("answers services only")
    String heir(Caller caller, String id, String userId) {
        if (!caller.isService()) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only services may ask this.")
                    .exception();
        }
        return workspaces
                .find(id)
                .flatMap(workspace -> workspace.members().ownerInPlaceOf(userId))
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
    }

    /** The first false on the way from the workspace over its contract to its tenant decides (api-v2 9.4). */
    private boolean keepsStats(Caller caller, Workspace workspace, Contract contract) {
        return !Boolean.FALSE.equals(workspace.flowStatsEnabledDefault())
                && !Boolean.FALSE.equals(contract.settings().flowStatsEnabledDefault())
                && tenants.of(caller, workspace.tenantId()).flowStatsEnabled();
    }
}
