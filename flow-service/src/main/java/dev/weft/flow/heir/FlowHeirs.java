package dev.weft.flow.heir;

import dev.weft.flow.reference.WorkspaceLookup;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** Hands the flows of a member who left a workspace to the heir (api-v2 6.4). */
@Service
class FlowHeirs {

    private final FlowOwners flows;
    private final WorkspaceLookup workspaces;

    FlowHeirs(FlowOwners flows, WorkspaceLookup workspaces) {
        this.flows = flows;
        this.workspaces = workspaces;
    }

    /**
     * Done twice it does no harm: what was handed over has another owner. Done late neither: who has come back keeps what
     * was made since, and when the heir has left too, and the fact of that was faster, all goes on to who may own it now.
     *
     * @param left when
     */
    void passOn(String workspaceId, String userId, String heirId, Instant left) {
        var from = userId;
        var to = heirId;
        while (!from.equals(to)) {
            flows.passOn(workspaceId, from, to, left);
            from = to;
            // Asked after the change: who leaves from now on finds the flows, whichever fact is faster.
            to = workspaces.ownerInPlaceOf(to, workspaceId).orElse(to);
        }
    }
}
