package dev.weft.workspace.workspacerecord;

import dev.weft.common.event.Outgoing;
import java.util.List;

/** A workspace as it shall be, and what is to be told about it. */
public record ChangedWorkspace(Workspace workspace, List<Outgoing> facts) {}
