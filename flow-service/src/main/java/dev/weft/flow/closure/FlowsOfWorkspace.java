package dev.weft.flow.closure;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import dev.weft.flow.flow.FlowRepository;
import dev.weft.flow.quota.FlowReservations;
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
    private final FlowReservations reservations;

    FlowsOfWorkspace(FlowRepository flows, FlowDeletion deletion, FlowPurge purge, FlowReservations reservations) {
        this.flows = flows;
        this.deletion = deletion;
        this.purge = purge;
        this.reservations = reservations;
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
        // Those whose process was lost: nobody makes a flow here again, and so nobody would remove them.
        reservations.removeAll(workspace.id());
        return flows.hasAnyOf(workspace.id()) ? Remainder.SOMETHING : Remainder.NOTHING;
    }
}
