package dev.weft.execution.usage;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import org.springframework.stereotype.Service;

/** Forgets what the flows of a deleted workspace have used; what they use after that is not stored. */
@Service
final class UsagesOfWorkspace implements DeletionParticipant {

    private final MongoUsages usages;

    UsagesOfWorkspace(MongoUsages usages) {
        this.usages = usages;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.WORKSPACE;
    }

    @Override
    public Remainder clear(Deletion workspace) {
        usages.removeOf(workspace.id());
        return Remainder.NOTHING;
    }
}
