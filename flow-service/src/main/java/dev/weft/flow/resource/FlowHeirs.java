package dev.weft.flow.resource;

import dev.weft.flow.flow.FlowRepository;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** Hands the flows of a member who left a workspace to the heir (api-v2 6.4). */
@Service
class FlowHeirs {

    private final FlowRepository flows;

    FlowHeirs(FlowRepository flows) {
        this.flows = flows;
    }

    /**
     * Done twice it does no harm: what was handed over has another owner. Done late neither: who has come back keeps what
     * was made since.
     *
     * @param left when
     */
    void passOn(String workspaceId, String userId, String heirId, Instant left) {
        flows.passOn(workspaceId, userId, heirId, left);
    }
}
