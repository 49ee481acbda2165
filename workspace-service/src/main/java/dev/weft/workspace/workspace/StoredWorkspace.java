package dev.weft.workspace.workspace;

import dev.weft.common.event.Outgoing;
import dev.weft.workspace.membership.StoredMember;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

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
                Workspace.Type.of(type),
                flowStats,
                StoredMember.read(members),
                state.equals("deleting"),
                revision);
    }
}
