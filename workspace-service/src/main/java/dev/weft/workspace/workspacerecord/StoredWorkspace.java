package dev.weft.workspace.workspacerecord;

import dev.weft.common.event.Outgoing;
import dev.weft.workspace.membership.StoredMember;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;

/** A workspace as it is stored, its members inside; {@code state} is {@code active} or {@code deleting}. */
@Document("workspaces")
record StoredWorkspace(
        @Id String id,
        String tenant,
        String contract,
        String name,
        String type,
        String state,
        @Nullable Boolean flowStats,
        List<StoredMember> members,
        long revision,
        List<Outgoing> outbox) {

    static StoredWorkspace of(Workspace workspace, List<Outgoing> facts) {
        return new StoredWorkspace(
                workspace.id(),
                workspace.tenantId(),
                workspace.contractId(),
                workspace.name(),
                workspace.type().wire(),
                workspace.deleting() ? "deleting" : "active",
                workspace.flowStatsEnabledDefault(),
                StoredMember.of(workspace.members()),
                workspace.revision(),
                facts);
    }

    Workspace read() {
        return new Workspace(
                id,
                tenant,
                contract,
                name,
                WorkspaceType.of(type),
                flowStats,
                StoredMember.read(members),
                state.equals("deleting"),
                revision);
    }

    /** What a change of a workspace writes. */
    Update change() {
        return new Update()
                .set("name", name)
                .set("type", type)
                .set("state", state)
                .set("flowStats", flowStats)
                .set("members", members)
                .inc("revision", 1);
    }

    /** Which are part of a list. */
    static Criteria shown(WorkspaceFilter filter) {
        var criteria = new Criteria();
        if (filter.tenantId() != null) {
            criteria = criteria.and("tenant").is(filter.tenantId());
        }
        if (filter.contractId() != null) {
            criteria = criteria.and("contract").is(filter.contractId());
        }
        if (filter.memberId() != null) {
            criteria = criteria.and("members.user").is(filter.memberId());
        }
        return criteria;
    }
}
