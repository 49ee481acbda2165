package dev.weft.workspace.room;

import dev.weft.common.access.Caller;
import dev.weft.workspace.quota.QuotaBook;
import dev.weft.workspace.quota.QuotaProblem;
import dev.weft.workspace.quota.QuotaType;
import dev.weft.workspace.room.FlowRoom.FlowLimit;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The limits of flows (api-v2 12). The flows of limited workspaces do not count. */
@Service
public class FlowLimits {

    private final QuotaBook book;
    private final WorkspaceCounts counts;
    private final FlowCounts flows;

    FlowLimits(QuotaBook book, WorkspaceCounts counts, FlowCounts flows) {
        this.book = book;
        this.counts = counts;
        this.flows = flows;
    }

    /**
     * Refuses ({@code quota-exceeded}) to make a full workspace of a limited one whose flows are more than there is room
     * for. One that is being made in it just now is not seen: it would have been stored in the limited workspace.
     */
    public void requireRoomFor(Caller caller, Workspace limited) {
        var limits = of(limited);
        if (limits.isEmpty()) {
            return;
        }
        var asked = new ArrayList<>(limits);
        asked.add(new FlowLimit("", "workspace", limited.id(), 0, List.of()));
        var found = flows.of(caller, asked);
        if (found.getLast() == 0) {
            // It takes nothing, even where there are too many already.
            return;
        }
        for (var n = 0; n < limits.size(); n++) {
            var limit = limits.get(n);
            if (found.get(n) > limit.limit()) {
                var type = QuotaType.valueOf(limit.quota().toUpperCase(Locale.ROOT));
                throw QuotaProblem.exceeded(type, limit.limit()).exception();
            }
        }
    }

    /** Those that hold in the workspace when it is a full one. */
    List<FlowLimit> of(Workspace workspace) {
        var tenant = workspace.tenantId();
        var contract = workspace.contractId();
        var limits = new ArrayList<FlowLimit>();
        add(limits, QuotaType.PER_WORKSPACE_FLOW_COUNT_LIMIT, "workspace", List::of, tenant, contract, workspace.id());
        add(
                limits,
                QuotaType.PER_CONTRACT_FLOW_COUNT_LIMIT,
                "contract",
                () -> without(workspace, counts.limitedOfContract(contract)),
                tenant,
                contract);
        add(
                limits,
                QuotaType.PER_TENANT_FLOW_COUNT_LIMIT,
                "tenant",
                () -> without(workspace, counts.limitedOfTenant(tenant)),
                tenant);
        return List.copyOf(limits);
    }

    private static List<String> without(Workspace workspace, List<String> ids) {
        return ids.stream().filter(id -> !id.equals(workspace.id())).toList();
    }

    private void add(
            List<FlowLimit> limits, QuotaType quota, String field, Supplier<List<String>> uncounted, String... ids) {
        book.limit(quota, ids)
                .ifPresent(limit ->
                        limits.add(new FlowLimit(quota.wire(), field, ids[ids.length - 1], limit, uncounted.get())));
    }
}
