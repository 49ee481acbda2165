package dev.weft.flow.reference;

import java.util.Optional;

/** What this service asks workspace-service for itself, when what it was told may be old. */
public interface WorkspaceLookup {

    /** False also for a workspace that is gone. */
    boolean isLimited(String workspaceId);

    /** Who may own there, at this moment, what that user owned: the user while a member; empty for a workspace that is gone. */
    Optional<String> ownerInPlaceOf(String userId, String workspaceId);
}
