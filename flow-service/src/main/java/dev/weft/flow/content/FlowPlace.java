package dev.weft.flow.content;

import dev.weft.common.access.Scope;
import dev.weft.common.outbox.Outbox;

/** Where a flow belongs. */
public record FlowPlace(String tenantId, String contractId, String workspaceId) {

    public Scope.Workspace workspace() {
        return new Scope.Workspace(workspaceId);
    }

    public Outbox.Place place() {
        return new Outbox.Place(tenantId, contractId, workspaceId);
    }
}
