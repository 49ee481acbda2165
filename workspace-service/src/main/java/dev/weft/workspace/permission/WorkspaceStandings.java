package dev.weft.workspace.permission;

import java.util.List;
import java.util.Optional;

/** Where a user stands in workspaces; the owner of workspaces answers it. */
public interface WorkspaceStandings {

    /**
     * What a workspace says about one user.
     *
     * @param member false when the user is in no membership of it; then {@code roles} is empty
     */
    record WorkspaceStanding(String workspaceId, String contractId, boolean member, List<String> roles) {}

    /** Empty when there is no such workspace, or it is being deleted. */
    Optional<WorkspaceStanding> inWorkspace(String workspaceId, String userId);
}
