package dev.weft.workspace.invite;

import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.permission.RoleName;
import org.springframework.stereotype.Service;

/** What ends invites beside their acceptance and withdrawal; each of it may be done again. */
@Service
public final class InviteEnds {

    private final InviteRepository invites;

    InviteEnds(InviteRepository invites) {
        this.invites = invites;
    }

    /** The tenant's policy has no such role any more (api-v2 4.2). */
    public void dropNaming(String tenantId, RoleName role) {
        invites.removeNaming(tenantId, role);
    }

    void dropExpired() {
        invites.removeExpired();
    }
}
