package dev.weft.workspace.permission;

import java.util.Optional;

/** Where a user stands in workspaces; the owner of workspaces answers it. */
public interface WorkspaceStandings {

    /** Empty when there is no such workspace, or it is being deleted. */
    Optional<WorkspaceStanding> inWorkspace(String workspaceId, String userId);
}
