package dev.weft.workspace.inviterecord;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import org.springframework.stereotype.Service;

/** The invites to a deleted workspace go with it. */
@Service
final class InvitesOfWorkspace implements DeletionParticipant {

    private final InviteRepository invites;

    InvitesOfWorkspace(InviteRepository invites) {
        this.invites = invites;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.WORKSPACE;
    }

    @Override
    public Remainder clear(Deletion deleted) {
        invites.removeOfWorkspace(deleted.id());
        return Remainder.NOTHING;
    }
}
