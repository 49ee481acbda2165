package dev.weft.workspace.deletion;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import java.time.Clock;
import org.springframework.stereotype.Service;

/** Deletes the workspaces of a contract, each as if it had been deleted by itself, and waits for their ends. */
@Service
class ContractContents implements DeletionParticipant {

    private static final int AT_ONCE = 1_000;

    private final DeletingPlaces places;
    private final DeletionProgress progress;
    private final Clock clock;

    ContractContents(DeletingPlaces places, DeletionProgress progress, Clock clock) {
        this.places = places;
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.CONTRACT;
    }

    @Override
    public Remainder clear(Deletion contract) {
        var now = clock.instant();
        // Again, since one may have been made by a request that was permitted before the deletion.
        places.hideWorkspacesOf(contract.id(), now);
        for (var workspace : places.untoldWorkspacesOf(contract.id(), now, AT_ONCE)) {
            progress.tell(workspace, contract.actorId());
        }
        return places.hasWorkspaces(contract.id()) ? Remainder.SOMETHING : Remainder.NOTHING;
    }
}
