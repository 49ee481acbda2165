package dev.weft.workspace.inviterecord;

import dev.weft.common.jsonapi.Resource;
import java.util.List;

/** Invites as JSON:API shows them: {@code contract-invite} and {@code workspace-invite} (api-v2 5.1, 6.1, 14.6). */
public final class InviteResource {

    public static final String OF_CONTRACT = "contract-invite";
    public static final String OF_WORKSPACE = "workspace-invite";

    private InviteResource() {}

    /** {@code {"id","type","attributes":{"email","roles":[..],"workspace_id"?,"workspace_roles"?}}}. */
    public static Resource ofContract(Invite invite) {
        var resource = Resource.of(OF_CONTRACT, invite.id(), null)
                .attribute("email", invite.email())
                .attribute("roles", invite.roles());
        var workspace = invite.workspace();
        return workspace == null
                ? resource
                : resource.attribute("workspace_id", workspace.id()).attribute("workspace_roles", workspace.roles());
    }

    /** {@code {"id","type","links":{"self"},"attributes":{"email","roles":[..]}}}, with the roles in that workspace. */
    public static Resource ofWorkspace(Invite invite, String workspaceId) {
        return Resource.of(OF_WORKSPACE, invite.id(), "/v2/workspaces/" + workspaceId + "/invites/" + invite.id())
                .attribute("email", invite.email())
                .attribute("roles", invite.workspaceRoles());
    }

    public static List<String> ids(List<Invite> invites) {
        return invites.stream().map(Invite::id).toList();
    }
}
