package dev.weft.workspace.room;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.quota.QuotaBook;
import dev.weft.workspace.quota.QuotaType;
import dev.weft.workspace.room.FlowRoom.FlowLimit;
import dev.weft.workspace.workspacerecord.WorkspaceCounts;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** What other services ask about quotas, on behalf of any caller of the tenant. */
@Service
class RoomService {

    private final QuotaBook book;
    private final WorkspaceRepository workspaces;
    private final WorkspaceCounts counts;
    private final AccessClient access;

    RoomService(QuotaBook book, WorkspaceRepository workspaces, WorkspaceCounts counts, AccessClient access) {
        this.book = book;
        this.workspaces = workspaces;
        this.counts = counts;
        this.access = access;
    }

    FlowRoom forFlows(Caller caller, String workspaceId) {
        var workspace = access.find(caller, new Scope.Workspace(workspaceId))
                .flatMap(_ -> workspaces.find(workspaceId))
                .orElseThrow(() -> Problem.notFound("workspace", workspaceId).exception());
        if (workspace.type() == WorkspaceType.LIMITED) {
            return new FlowRoom(List.of());
        }
        var tenant = workspace.tenantId();
        var contract = workspace.contractId();
        var limits = new ArrayList<FlowLimit>();
        add(limits, QuotaType.PER_WORKSPACE_FLOW_COUNT_LIMIT, "workspace", List::of, tenant, contract, workspaceId);
        add(
                limits,
                QuotaType.PER_CONTRACT_FLOW_COUNT_LIMIT,
                "contract",
                () -> counts.limitedOfContract(contract),
                tenant,
                contract);
        add(limits, QuotaType.PER_TENANT_FLOW_COUNT_LIMIT, "tenant", () -> counts.limitedOfTenant(tenant), tenant);
        return new FlowRoom(List.copyOf(limits));
    }

    private void add(
            List<FlowLimit> limits, QuotaType quota, String field, Supplier<List<String>> uncounted, String... ids) {
        book.limit(quota, ids)
                .ifPresent(limit ->
                        limits.add(new FlowLimit(quota.wire(), field, ids[ids.length - 1], limit, uncounted.get())));
    }

    /** Of the contract, from what is set; empty: no limit. */
    OptionalLong ofContract(Caller caller, QuotaType quota, String contractId, OptionalLong unset) {
        var tenant = access.find(caller, new Scope.Contract(contractId))
                .orElseThrow(() -> Problem.notFound("contract", contractId).exception())
                .tenantId();
        return book.limitOr(unset, quota, tenant, contractId);
    }
}
