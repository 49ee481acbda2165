package dev.weft.flow.reference;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;

/** Asks workspace-service, which also knows the settings of contract and tenant. */
final class RemoteWorkspaceDefaults implements WorkspaceDefaults {

    private final RemoteWorkspaceApi workspaces;
    private final RemoteCalls calls;

    RemoteWorkspaceDefaults(RemoteWorkspaceApi workspaces, RemoteCalls calls) {
        this.workspaces = workspaces;
        this.calls = calls;
    }

    @Override
    public boolean statsEnabled(Caller caller, String workspaceId) {
        return calls.find("workspace", () -> workspaces.workspace(caller.bearer(), workspaceId))
                // 404: the workspace has just been deleted, and the flow goes with it, so any value will do.
                .map(settings -> !Boolean.FALSE.equals(settings.flowStatsEnabledDefault()))
                .orElse(true);
    }
}
