package dev.weft.workspace.workspacerecord;

import org.jspecify.annotations.Nullable;

/** What a request wants a workspace to be; null where it says nothing. */
public record WorkspaceChange(
        @Nullable String name,
        @Nullable WorkspaceType type,
        @Nullable Boolean flowStatsEnabledDefault) {}
