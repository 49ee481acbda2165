package dev.weft.workspace.home;

import dev.weft.common.id.Ids;
import dev.weft.workspace.membership.Members;
import dev.weft.workspace.workspace.WorkspaceFacts;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;

/** The workspace in which a tenant's first admin starts; its id follows from the tenant's, so it is made only once. */
@Service
final class DefaultWorkspaces {

    private final WorkspaceRepository workspaces;
    private final WorkspaceFacts facts;
    private final Clock clock;

    DefaultWorkspaces(WorkspaceRepository workspaces, WorkspaceFacts facts, Clock clock) {
        this.workspaces = workspaces;
        this.facts = facts;
        this.clock = clock;
    }

    public static String idOf(String tenantId) {
        return Ids.sha1("default workspace of " + tenantId).substring(0, 24);
    }

    public void open(String tenantId, String adminUserId) {
        var members = Members.none()
                .add(adminUserId, List.of("owner"), clock.instant())
                .orThrow();
        var workspace = Workspace.open(
                idOf(tenantId),
                tenantId,
                DefaultContracts.idOf(tenantId),
                DefaultContracts.NAME,
                WorkspaceType.FULL,
                members);
        // An id that is taken means that the fact was delivered before, or that a replica was faster: nothing is to be
        // done.
        workspaces.insert(workspace, facts.created(workspace, null));
    }
}
