package dev.weft.workspace.quota;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import org.springframework.stereotype.Service;

/** What was set for a deleted contract is forgotten. */
@Service
final class QuotasOfContract implements DeletionParticipant {

    private final QuotaRepository quotas;

    QuotasOfContract(QuotaRepository quotas) {
        this.quotas = quotas;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.CONTRACT;
    }

    @Override
    public Remainder clear(Deletion contract) {
        quotas.removeOf(contract.id());
        return Remainder.NOTHING;
    }
}
