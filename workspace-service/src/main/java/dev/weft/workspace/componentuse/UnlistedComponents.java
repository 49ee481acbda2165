package dev.weft.workspace.componentuse;

import dev.weft.common.access.Caller;
import dev.weft.workspace.workspacerecord.Workspace;
import java.util.List;

/** What flows of a limited workspace use and those of a full one may not (api-v2 7.2). */
public interface UnlistedComponents {

    /** The ids of components that component-registry does not count as open to all. */
    List<String> usedIn(Caller caller, Workspace workspace);
}
