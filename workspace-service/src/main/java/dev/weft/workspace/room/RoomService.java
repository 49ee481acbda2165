package dev.weft.workspace.room;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.quota.QuotaBook;
import dev.weft.workspace.quota.QuotaType;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.stereotype.Service;

/** What other services ask about quotas, on behalf of any caller of the tenant. */
@Service
class RoomService {

    private final QuotaBook book;
    private final WorkspaceRepository workspaces;
    private final FlowLimits limits;
    private final AccessClient access;

    RoomService(QuotaBook book, WorkspaceRepository workspaces, FlowLimits limits, AccessClient access) {
        this.book = book;
        this.workspaces = workspaces;
        this.limits = limits;
        this.access = access;
    }

    FlowRoom forFlows(Caller caller, String workspaceId) {
        var workspace = access.find(caller, new Scope.Workspace(workspaceId))
                .flatMap(_ -> workspaces.find(workspaceId))
                .orElseThrow(() -> Problem.notFound("workspace", workspaceId).exception());
        if (workspace.type() == WorkspaceType.LIMITED) {
            return new FlowRoom(List.of());
        }
        return new FlowRoom(limits.of(workspace));
    }

    /** Of the contract, from what is set; empty: no limit. */
    OptionalLong ofContract(Caller caller, QuotaType quota, String contractId, OptionalLong unset) {
        var tenant = access.find(caller, new Scope.Contract(contractId))
                .orElseThrow(() -> Problem.notFound("contract", contractId).exception())
                .tenantId();
        return book.limitOr(unset, quota, tenant, contractId);
    }
}
