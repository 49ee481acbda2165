package dev.weft.execution.run;

import dev.weft.common.messaging.Fact;
import dev.weft.common.messaging.Outbox;
import dev.weft.common.messaging.Outgoing;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Service;

/** The facts that a flow's life here makes known. */
@Service
class FlowStateFacts {

    private final Outbox outbox;

    FlowStateFacts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** To flow-service: {@code {"current_status","wish","due_execution"?,"queues"?}}. */
    Outgoing stateChanged(FlowRun run) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("current_status", run.state().wire());
        payload.put("wish", run.wish());
        if (run.due() != null) {
            payload.put("due_execution", run.due().toString());
        }
        if (!run.state().isPending()) {
            // While something is carried out, queues that are about to be declared may not be named yet.
            payload.put("queues", run.queues());
        }
        return event(Fact.FLOW_STATE_CHANGED, run, payload);
    }

    /** To every replica of this service: look again which queues to consume. */
    Outgoing runChanged(FlowRun run) {
        return event(Fact.RUN_CHANGED, run, Map.of());
    }

    /** To every gateway: forget what you know of this flow's door. */
    Outgoing doorChanged(FlowRun run) {
        return event(Fact.WEBHOOK_DOOR_CHANGED, run, Map.of());
    }

    private Outgoing event(Fact fact, FlowRun run, Map<String, Object> payload) {
        var place = new Outbox.Place(run.tenantId(), run.contractId(), run.workspaceId());
        // The revision that this fact will be saved with.
        return outbox.event(fact, run.revision() + 1, place, run.flowId(), null, payload);
    }
}
