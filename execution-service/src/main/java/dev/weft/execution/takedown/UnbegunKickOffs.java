package dev.weft.execution.takedown;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.outbox.Outbox;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.topology.FlowTopology;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Tells who waits for the answer to a kick-off, or watches its execution, that it was dropped with its queue before any
 * step began it: of such a one there is no execution whose end they could hear. Of begun ones they are told when their
 * execution is canceled.
 */
@Service
class UnbegunKickOffs {

    private static final Logger log = LoggerFactory.getLogger(UnbegunKickOffs.class);

    private final FlowTopology topology;
    private final Definitions definitions;
    private final Planner planner;
    private final FlowHistory history;
    private final Outbox outbox;
    private final ConfirmedPublisher publisher;
    private final Clock clock;

    UnbegunKickOffs(
            FlowTopology topology,
            Definitions definitions,
            Planner planner,
            FlowHistory history,
            Outbox outbox,
            ConfirmedPublisher publisher,
            Clock clock) {
        this.topology = topology;
        this.definitions = definitions;
        this.planner = planner;
        this.history = history;
        this.outbox = outbox;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Deletes the queue of kick-offs after a look at all that is in it, some at a time; how many messages that was. */
    long drop(Deployment flow, DeploymentRun run) {
        var definition = definitions.read(run.definition());
        long dropped = 0;
        // After a crash a repeated takedown may find a queue deleted already.
        for (var queue : topology.depths(entries(definition, run)).keySet()) {
            var seen = new DroppedKickOffs(definition, run.id(), clock.millis());
            // Told before the messages go: if this process dies in between, they are seen, and told of, again.
            dropped += topology.delete(queue, seen::see, () -> tell(flow.owner(), run, seen));
        }
        return dropped;
    }

    /** Who watches is told by the outbox of an execution, which is stored when this returns. */
    private void tell(Owner owner, DeploymentRun run, DroppedKickOffs seen) {
        history.cancelUnbegun(seen.takeWatched());
        publisher.tryPublishAll(seen.takeCallers().entrySet().stream()
                .map(waiting -> ended(owner, run, waiting.getKey(), waiting.getValue()))
                .toList());
    }

    private Outgoing ended(Owner owner, DeploymentRun run, String execution, String replyTo) {
        var place = new Outbox.Place(owner.tenantId(), owner.contractId(), owner.workspaceId());
        Map<String, Object> payload = Map.of("status", "canceled", "flow", run.flowId(), "reply_to", replyTo);
        return outbox.event(Fact.EXECUTION_ENDED, 0, place, execution, null, payload);
    }

    /** Where kick-offs lie: somewhere in the run's queues, when this release can not tell where. */
    private List<String> entries(FlowDefinition definition, DeploymentRun run) {
        return plan(definition, run)
                .map(plan ->
                        run.queues().stream().filter(plan.entryQueue()::equals).toList())
                .orElse(run.queues());
    }

    private Optional<Plan> plan(FlowDefinition definition, DeploymentRun run) {
        try {
            return Optional.of(planner.plan(definition, run.id()));
        } catch (IllegalArgumentException e) {
            log.debug("Run {} can not be planned, so all its queues are looked through: {}", run.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
