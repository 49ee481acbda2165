package dev.weft.execution.takedown;

import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.outbox.Outbox;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.RunHoldings;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.topology.FlowTopology;
import java.time.Clock;
import org.springframework.context.ApplicationContext;

/** The takedown of a replica that a test makes beside that of the service: on queues, limits and a clock of its own. */
public final class Takedowns {

    private Takedowns() {}

    public static RunTakedown of(ApplicationContext service, FlowTopology topology, RunProperties limits, Clock clock) {
        return new RunTakedown(
                topology,
                service.getBean(RunHoldings.class),
                service.getBean(FlowHistory.class),
                service.getBean(DroppedMessages.class),
                new UnbegunKickOffs(
                        topology,
                        service.getBean(Definitions.class),
                        service.getBean(Planner.class),
                        service.getBean(FlowHistory.class),
                        service.getBean(Outbox.class),
                        service.getBean(ConfirmedPublisher.class),
                        clock),
                limits,
                clock);
    }
}
