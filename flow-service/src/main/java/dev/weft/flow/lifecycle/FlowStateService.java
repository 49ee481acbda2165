package dev.weft.flow.lifecycle;

import dev.weft.common.access.OpenToAll;
import org.springframework.stereotype.Service;

/** Applies what execution-service reports about flows. */
@Service
class FlowStateService {

    private final FlowStates states;

    FlowStateService(FlowStates states) {
        this.states = states;
    }

    /** Idempotent: what was applied, or overtaken by a later wish, changes nothing. */
    @OpenToAll("heard from execution-service")
    void apply(StateNews news) {
        states.apply(news);
    }
}
