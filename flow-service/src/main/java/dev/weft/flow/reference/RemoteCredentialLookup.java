package dev.weft.flow.reference;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import java.util.List;
import java.util.Optional;

/** Asks workspace-service. */
final class RemoteCredentialLookup implements CredentialLookup {

    private final RemoteWorkspaceApi workspaces;
    private final RemoteCalls calls;

    RemoteCredentialLookup(RemoteWorkspaceApi workspaces, RemoteCalls calls) {
        this.workspaces = workspaces;
        this.calls = calls;
    }

    @Override
    public Optional<String> component(Caller caller, String workspaceId, String credentialId) {
        return calls.find("workspace", () -> workspaces.credential(caller.bearer(), credentialId, workspaceId))
                .map(RemoteWorkspaceApi.Reference::componentId);
    }

    @Override
    public Optional<List<String>> lacks(Caller caller, String workspaceId, String credentialId) {
        return calls.find("workspace", () -> workspaces.readiness(caller.bearer(), credentialId, workspaceId))
                .map(RemoteWorkspaceApi.Readiness::lacks);
    }
}
