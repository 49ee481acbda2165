package dev.weft.workspace.room;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import org.springframework.stereotype.Service;

/** Forgets who reserved places in a deleted contract. */
@Service
final class PlacesOfContract implements DeletionParticipant {

    private final PlaceReservations reservations;

    PlacesOfContract(PlaceReservations reservations) {
        this.reservations = reservations;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.CONTRACT;
    }

    @Override
    public Remainder clear(Deletion contract) {
        for (var type : WorkspaceType.values()) {
            reservations.removeAll(ContractRoom.key(type, contract.id()));
        }
        return Remainder.NOTHING;
    }
}
