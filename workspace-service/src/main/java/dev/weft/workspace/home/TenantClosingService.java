package dev.weft.workspace.home;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.policy.RoleKeeping;
import dev.weft.workspace.workspacerecord.WorkspaceFilter;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.util.List;
import org.springframework.stereotype.Service;

/** Whether a tenant may be deleted: first it takes no contracts and members any more, then those that it has are counted. */
@Service
class TenantClosingService {

    private final ContractRepository contracts;
    private final WorkspaceRepository workspaces;
    private final RoleKeeping keeping;

    TenantClosingService(ContractRepository contracts, WorkspaceRepository workspaces, RoleKeeping keeping) {
        this.contracts = contracts;
        this.workspaces = workspaces;
        this.keeping = keeping;
    }

    /** Ids of some contracts that are in the way; without any, the tenant is closed for two minutes. */
    @OpenToAll("asked by identity-service, which has checked who may delete the tenant")
    List<String> close(Caller caller, String tenantId) {
        if (!caller.isService()) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only services may do this.")
                    .exception();
        }
        var closing = keeping.close(tenantId);
        var left = contracts.someOf(tenantId).stream()
                .filter(id -> counts(tenantId, id))
                .toList();
        if (!left.isEmpty()) {
            keeping.open(tenantId, closing);
        }
        return left;
    }

    /** The default contract, which every tenant has, counts only when somebody uses it (api-v2 4.1). */
    private boolean counts(String tenantId, String id) {
        return !id.equals(DefaultContracts.idOf(tenantId))
                || contracts
                        .find(id)
                        .filter(contract -> !contract.members().all().isEmpty())
                        .isPresent()
                || workspaces.list(new WorkspaceFilter(null, id, null), 0, 1).total() > 0;
    }
}
