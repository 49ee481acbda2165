package dev.weft.workspace.workspace;

import dev.weft.common.jsonapi.Resource;
import dev.weft.workspace.inviterecord.Invite;
import dev.weft.workspace.inviterecord.InviteResource;
import dev.weft.workspace.workspacerecord.Workspace;
import java.util.List;

/** Workspaces as JSON:API shows them (api-v2 14.8). */
final class WorkspaceResource {

    private WorkspaceResource() {}

    static Resource of(Workspace workspace) {
        return Resource.of("workspace", workspace.id(), path(workspace))
                .attribute("name", workspace.name())
                .attribute("type", workspace.type().wire())
                .optional("flow_stats_enabled_default", workspace.flowStatsEnabledDefault())
                .toOne("contract", "contract", workspace.contractId(), "/v2/contracts")
                .toMany("members", "member", workspace.members().ids(), path(workspace) + "/members/");
    }

    /** The workspace when it is asked for alone: with its pending invites. */
    static Resource ofOne(Workspace workspace, List<Invite> invites) {
        return of(workspace)
                .toMany(
                        "invites",
                        InviteResource.OF_WORKSPACE,
                        InviteResource.ids(invites),
                        path(workspace) + "/invites/");
    }

    private static String path(Workspace workspace) {
        return "/v2/workspaces/" + workspace.id();
    }
}
