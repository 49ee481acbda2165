package dev.weft.flow.reference;

import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import java.util.Optional;

/** Asks workspace-service. */
final class RemoteWorkspaceLookup implements WorkspaceLookup {

    private final RemoteWorkspaceApi workspaces;
    private final ServiceTokens tokens;
    private final RemoteCalls calls;

    RemoteWorkspaceLookup(RemoteWorkspaceApi workspaces, ServiceTokens tokens, RemoteCalls calls) {
        this.workspaces = workspaces;
        this.tokens = tokens;
        this.calls = calls;
    }

    @Override
    public boolean isLimited(String workspaceId) {
        return calls.find("workspace", () -> workspaces.workspace(tokens.bearer(), workspaceId))
                .filter(workspace -> "limited".equals(workspace.type()))
                .isPresent();
    }

    @Override
    public Optional<String> ownerInPlaceOf(String userId, String workspaceId) {
        return calls.find(
                "workspace",
                () -> workspaces.heir(tokens.bearer(), workspaceId, userId).userId());
    }
}
