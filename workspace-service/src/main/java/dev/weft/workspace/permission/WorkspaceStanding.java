package dev.weft.workspace.permission;

import java.util.List;

/**
 * What a workspace says about one user.
 *
 * @param member false when the user is in no membership of it; then {@code roles} is empty
 */
public record WorkspaceStanding(String workspaceId, String contractId, boolean member, List<String> roles) {}
