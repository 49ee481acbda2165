package dev.weft.workspace.workspacerecord;

import dev.weft.workspace.membership.Members;
import org.jspecify.annotations.Nullable;

/**
 * Where flows and credentials live, with the members who work on them (api-v2 6.1).
 *
 * @param deleting true from the moment its deletion was accepted: then it is visible nowhere
 * @param revision counts the changes; a change holds only on the revision it was decided on
 */
public record Workspace(
        String id,
        String tenantId,
        String contractId,
        String name,
        WorkspaceType type,
        @Nullable Boolean flowStatsEnabledDefault,
        Members members,
        boolean deleting,
        long revision) {

    public static Workspace open(
            String id, String tenantId, String contractId, String name, WorkspaceType type, Members members) {
        return new Workspace(id, tenantId, contractId, name, type, null, members, false, 0);
    }

    /** Applies a request: what it does not name stays. */
    public Workspace with(WorkspaceChange change) {
        return new Workspace(
                id,
                tenantId,
                contractId,
                change.name() == null ? name : change.name(),
                change.type() == null ? type : change.type(),
                change.flowStatsEnabledDefault() == null ? flowStatsEnabledDefault : change.flowStatsEnabledDefault(),
                members,
                deleting,
                revision);
    }

    public Workspace with(Members others) {
        return new Workspace(id, tenantId, contractId, name, type, flowStatsEnabledDefault, others, deleting, revision);
    }

    public Workspace delete() {
        return new Workspace(id, tenantId, contractId, name, type, flowStatsEnabledDefault, members, true, revision);
    }

    Workspace next() {
        return new Workspace(
                id, tenantId, contractId, name, type, flowStatsEnabledDefault, members, deleting, revision + 1);
    }
}
