package dev.weft.workspace.workspacerecord;

import org.jspecify.annotations.Nullable;

/** Which workspaces of a list the caller may see; null stands for all. */
public record WorkspaceFilter(
        @Nullable String tenantId,
        @Nullable String contractId,
        @Nullable String memberId) {}
