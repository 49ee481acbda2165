package dev.weft.flow.closure;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import dev.weft.flow.quota.FlowReservations;
import org.springframework.stereotype.Service;

/** Forgets what is noted of a deleted contract: whether it was suspended, and who reserved queues in it. */
@Service
final class NotesOfContract implements DeletionParticipant {

    private final ClosureRepository closures;
    private final FlowReservations reservations;

    NotesOfContract(ClosureRepository closures, FlowReservations reservations) {
        this.closures = closures;
        this.reservations = reservations;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.CONTRACT;
    }

    @Override
    public Remainder clear(Deletion contract) {
        closures.remove(contract.id());
        reservations.removeAll(contract.id());
        return Remainder.NOTHING;
    }
}
