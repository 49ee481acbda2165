package dev.weft.workspace.quota;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import org.springframework.stereotype.Service;

/** What was set for a deleted workspace is forgotten. */
@Service
final class QuotasOfWorkspace implements DeletionParticipant {

    private final QuotaRepository quotas;

    QuotasOfWorkspace(QuotaRepository quotas) {
        this.quotas = quotas;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.WORKSPACE;
    }

    @Override
    public Remainder clear(Deletion workspace) {
        quotas.removeOf(workspace.id());
        return Remainder.NOTHING;
    }
}
