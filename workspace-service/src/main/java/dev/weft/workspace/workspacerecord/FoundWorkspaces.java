package dev.weft.workspace.workspacerecord;

import java.util.List;

/** A page, whether it ends before its size, and the number of all that match. */
public record FoundWorkspaces(List<Workspace> workspaces, boolean cut, long total) {}
