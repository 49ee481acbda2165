package dev.weft.flow.ownership;

import dev.weft.flow.flow.FlowRepository;
import org.springframework.stereotype.Service;

/** Hands the flows of a member who left a workspace to the heir (api-v2 6.4). */
@Service
class FlowHeirs {

    private final FlowRepository flows;

    FlowHeirs(FlowRepository flows) {
        this.flows = flows;
    }

    /** Done twice it does no harm: what was handed over has another owner. */
    void passOn(String workspaceId, String userId, String heirId) {
        flows.passOn(workspaceId, userId, heirId);
    }
}
