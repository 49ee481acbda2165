package dev.weft.workspace.inviterecord;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import org.springframework.stereotype.Service;

/** The invites to a deleted contract go with it, with all that lead to its workspaces. */
@Service
final class InvitesOfContract implements DeletionParticipant {

    private final InviteRepository invites;

    InvitesOfContract(InviteRepository invites) {
        this.invites = invites;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.CONTRACT;
    }

    @Override
    public Remainder clear(Deletion deleted) {
        invites.removeOfContract(deleted.id());
        return Remainder.NOTHING;
    }
}
