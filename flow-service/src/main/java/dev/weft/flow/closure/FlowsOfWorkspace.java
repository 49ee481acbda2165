package dev.weft.flow.closure;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import dev.weft.flow.flow.FlowRepository;
import org.springframework.stereotype.Service;

/**
 * Deletes the flows of a deleted workspace (api-v2 6.5), whatever they do, with versions and drafts: each is told to
 * execution-service first, and its record goes when that has heard of it.
 */
@Service
final class FlowsOfWorkspace implements DeletionParticipant {

    private final FlowRepository flows;
    private final FlowDeletion deletion;
    private final FlowPurge purge;

    FlowsOfWorkspace(FlowRepository flows, FlowDeletion deletion, FlowPurge purge) {
        this.flows = flows;
        this.deletion = deletion;
        this.purge = purge;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.WORKSPACE;
    }

    @Override
    public Remainder clear(Deletion workspace) {
        for (var id : flows.ofWorkspace(workspace.id())) {
            flows.find(id)
                    // As it is by then: nothing of a deleted workspace stays.
                    .ifPresent(flow -> deletion.delete(flow, _ -> {}, workspace.actorId()));
        }
        // Not only after the time for which deleted flows are kept: those can be restored, and these can not.
        flows.settledOf(workspace.id()).forEach(purge::purge);
        return flows.hasAnyOf(workspace.id()) ? Remainder.SOMETHING : Remainder.NOTHING;
    }
}
