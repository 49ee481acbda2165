package dev.weft.workspace.inviterecord;

import dev.weft.workspace.inviterecord.Invite.InvitedWorkspace;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Update;

/**
 * {@code {_id, tenant, contract, email, place, roles, workspace?, workspaceRoles, inviter, since, revision, claim?, claimedUntil?}}.
 *
 * @param claim        who accepts it at this moment
 * @param claimedUntil until when it counts as accepted
 */
@Document(StoredInvite.COLLECTION)
record StoredInvite(
        @Id String id,
        String tenant,
        String contract,
        String email,
        String place,
        List<String> roles,
        @Nullable String workspace,
        List<String> workspaceRoles,
        String inviter,
        Instant since,
        long revision,
        @Nullable String claim,
        @Nullable Instant claimedUntil) {

    static final String COLLECTION = "invites";

    static StoredInvite of(Invite invite) {
        var workspace = invite.workspace();
        return new StoredInvite(
                invite.id(),
                invite.tenantId(),
                invite.contractId(),
                invite.email(),
                invite.place(),
                invite.roles(),
                workspace == null ? null : workspace.id(),
                invite.workspaceRoles(),
                invite.inviterId(),
                invite.since(),
                invite.revision(),
                null,
                null);
    }

    Invite read() {
        return new Invite(
                id,
                tenant,
                contract,
                email,
                place,
                roles,
                workspace == null ? null : new InvitedWorkspace(workspace, workspaceRoles),
                inviter,
                since,
                revision);
    }

    /** What a change of an invite writes. */
    Update change() {
        var change = new Update()
                .set("roles", roles)
                .set("workspaceRoles", workspaceRoles)
                .inc("revision", 1);
        return workspace == null ? change.unset("workspace") : change.set("workspace", workspace);
    }
}
