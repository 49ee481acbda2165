package dev.weft.flow.reference;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks workspace-service. */
final class RemoteCredentialLookup implements CredentialLookup {

    private final RemoteWorkspaceApi workspaces;
    private final RemoteCalls calls;

    RemoteCredentialLookup(RemoteWorkspaceApi workspaces, RemoteCalls calls) {
        this.workspaces = workspaces;
        this.calls = calls;
    }

    @Override
    public Map<String, String> components(Caller caller, String workspaceId, Set<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : calls.read(
                        "workspace",
                        () -> Map.copyOf(workspaces.components(
                                caller.bearer(), new RemoteWorkspaceApi.Question(workspaceId, ids))));
    }

    @Override
    public Map<String, List<String>> lacks(Caller caller, String workspaceId, Set<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                // Copied inside the guarded call: a null in the answer then counts as a broken answer of the other
                // service, and not as a later fault of ours.
                : calls.read(
                        "workspace",
                        () -> Map.copyOf(workspaces.readiness(
                                caller.bearer(), new RemoteWorkspaceApi.Question(workspaceId, ids))));
    }
}
