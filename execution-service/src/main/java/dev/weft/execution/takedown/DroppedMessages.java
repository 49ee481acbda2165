package dev.weft.execution.takedown;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.log.FlowLog;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Writes to a flow's log how many messages were dropped with their queues: messages that no step has begun leave no
 * other trace.
 */
@Service
class DroppedMessages {

    private static final Logger log = LoggerFactory.getLogger(DroppedMessages.class);

    private final Definitions definitions;
    private final Planner planner;
    private final FlowLog ledger;
    private final Clock clock;

    DroppedMessages(Definitions definitions, Planner planner, FlowLog ledger, Clock clock) {
        this.definitions = definitions;
        this.planner = planner;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** One line for one run and occasion, however often it is told; none for nothing. */
    void tell(Deployment flow, DeploymentRun run, String occasion, long count) {
        if (count <= 0) {
            return;
        }
        log.info("{} messages of run {} of flow {} are dropped", count, run.id(), run.flowId());
        try {
            var plan = planner.plan(definitions.read(run.definition()), run.id());
            ledger.append(List.of(line(flow.owner(), plan, occasion, count)));
        } catch (IllegalArgumentException e) {
            // This release can not plan such a version, but must still be able to stop it.
            log.warn("What run {} drops can not be told in the flow's log: {}", run.id(), e.getMessage());
        }
    }

    private FlowLog.Entry line(Owner owner, Plan plan, String occasion, long count) {
        var key = EffectKey.kickOff(plan.flow().id(), occasion + ":" + plan.runId());
        var trigger = plan.entryStep();
        return new FlowLog.Entry(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
                owner.tenantId(),
                owner.workspaceId(),
                plan.flow().id(),
                plan.flow().userId(),
                trigger.componentId(),
                plan.runId(),
                trigger.id(),
                key.substring(0, 32),
                trigger.method(),
                trigger.component(),
                clock.millis(),
                LogLevel.WARN,
                "The stop of the flow dropped " + count
                        + (count == 1 ? " message that was queued." : " messages that were queued."));
    }
}
