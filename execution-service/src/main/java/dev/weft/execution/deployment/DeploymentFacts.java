package dev.weft.execution.deployment;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Service;

/** The facts (domain events) about a flow's life that this service publishes. */
@Service
public class DeploymentFacts {

    private final Outbox outbox;

    DeploymentFacts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** To flow-service: {@code {"current_status","wish","due_execution"?,"queues"?}}. */
    public Outgoing stateChanged(Deployment deployment) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("current_status", deployment.state().wire());
        payload.put("wish", deployment.wish());
        if (deployment.due() != null) {
            payload.put("due_execution", deployment.due().toString());
        }
        if (!deployment.state().isPending()) {
            // The fact may name fewer queues than will exist while a start is under way: their names are not known yet.
            payload.put("queues", deployment.queues());
        }
        return event(Fact.FLOW_STATE_CHANGED, deployment, payload);
    }

    /** To every replica of this service: look again which queues to consume. */
    public Outgoing runChanged(Deployment deployment) {
        return event(Fact.RUN_CHANGED, deployment, Map.of());
    }

    /** To every gateway: forget what you know of this flow's door. */
    public Outgoing doorChanged(Deployment deployment) {
        return event(Fact.WEBHOOK_DOOR_CHANGED, deployment, Map.of());
    }

    private Outgoing event(Fact fact, Deployment deployment, Map<String, Object> payload) {
        var owner = deployment.owner();
        var place = new Outbox.Place(owner.tenantId(), owner.contractId(), owner.workspaceId());
        // The event bears the revision that the document will have once it is saved with this fact.
        return outbox.event(fact, deployment.revision() + 1, place, owner.id(), null, payload);
    }
}
