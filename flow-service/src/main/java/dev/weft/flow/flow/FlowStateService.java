package dev.weft.flow.flow;

import dev.weft.common.access.OpenToAll;
import org.springframework.stereotype.Service;

/** Takes in what execution-service says about flows. */
@Service
public class FlowStateService {

    private final FlowRepository flows;

    FlowStateService(FlowRepository flows) {
        this.flows = flows;
    }

    /** Idempotent: what was applied, or overtaken by a later wish, changes nothing. */
    @OpenToAll("heard from execution-service")
    public void apply(StateNews news) {
        flows.apply(news);
    }
}
