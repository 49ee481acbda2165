package dev.weft.flow.limited;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import org.springframework.stereotype.Service;

/** What is known of the type of a deleted workspace goes with it. */
@Service
final class TypeOfWorkspace implements DeletionParticipant {

    private final WorkspaceTypes types;

    TypeOfWorkspace(WorkspaceTypes types) {
        this.types = types;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.WORKSPACE;
    }

    @Override
    public Remainder clear(Deletion workspace) {
        types.forget(workspace.id());
        return Remainder.NOTHING;
    }
}
