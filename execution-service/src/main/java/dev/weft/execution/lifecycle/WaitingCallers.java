package dev.weft.execution.lifecycle;

import dev.weft.common.event.Fact;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.outbox.Outbox;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.topology.FlowTopology;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Tells waiting callers that their call was dropped with its queue before any step began it: such a call has no
 * execution whose end they could hear. Callers of begun calls are told when their execution is canceled.
 */
@Service
class WaitingCallers {

    private static final Logger log = LoggerFactory.getLogger(WaitingCallers.class);

    private final FlowTopology topology;
    private final Definitions definitions;
    private final Planner planner;
    private final Outbox outbox;
    private final ConfirmedPublisher publisher;

    WaitingCallers(
            FlowTopology topology,
            Definitions definitions,
            Planner planner,
            Outbox outbox,
            ConfirmedPublisher publisher) {
        this.topology = topology;
        this.definitions = definitions;
        this.planner = planner;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /** Deletes the queue of calls, if anybody may wait for an answer; how many messages went with it. */
    long tell(Deployment flow, DeploymentRun run) {
        var queue = answering(run)
                .map(Plan::entryQueue)
                // After a crash a repeated takedown may find this queue deleted already; nothing can be read from it
                // then.
                .filter(name -> !topology.depths(
                                run.queues().stream().filter(name::equals).toList())
                        .isEmpty());
        if (queue.isEmpty()) {
            return 0;
        }
        var waiting = new ConcurrentHashMap<String, String>();
        var all = topology.delete(queue.get(), headers -> {
            var replyTo = headers.get(FlowHeaders.REPLY_TO);
            var execution = headers.get(FlowHeaders.THREAD_ID);
            if (replyTo != null && execution != null) {
                waiting.put(execution.toString(), replyTo.toString());
            }
        });
        // If this process dies here, nobody tells these callers, and they wait for their time-out.
        waiting.forEach((execution, replyTo) -> tell(flow.owner(), run, execution, replyTo));
        return all;
    }

    private void tell(Owner owner, DeploymentRun run, String execution, String replyTo) {
        var place = new Outbox.Place(owner.tenantId(), owner.contractId(), owner.workspaceId());
        Map<String, Object> payload = Map.of("status", "canceled", "flow", run.flowId(), "reply_to", replyTo);
        publisher.tryPublish(outbox.event(Fact.EXECUTION_ENDED, 0, place, execution, null, payload));
    }

    private Optional<Plan> answering(DeploymentRun run) {
        try {
            return Optional.of(planner.plan(definitions.read(run.definition()), run.id()))
                    .filter(Plan::answers);
        } catch (IllegalArgumentException e) {
            log.debug("Run {} can not be planned, so nobody is answered for it: {}", run.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
