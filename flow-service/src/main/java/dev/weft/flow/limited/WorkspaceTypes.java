package dev.weft.flow.limited;

import java.util.List;

/** Which workspaces are limited, as far as workspace-service has told. */
interface WorkspaceTypes {

    /** Notes the type that a workspace has since that version; changes nothing when a newer one is known. */
    void note(String workspaceId, boolean limited, long version);

    void forget(String workspaceId);

    /** Ids of some limited ones, those after {@code last} by ascending id. */
    List<String> limited(String last, int most);
}
