package dev.weft.execution.run;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.messaging.DomainEvent;
import dev.weft.execution.log.FlowLog;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.FlowTopology;
import dev.weft.execution.run.FlowRun.RunSpec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Says in a flow's log how many messages a stop drops: those that no step has begun have no other trace. */
@Service
class DroppedMessages {

    private static final Logger log = LoggerFactory.getLogger(DroppedMessages.class);

    private final FlowRuns runs;
    private final Definitions definitions;
    private final Planner planner;
    private final QueuedMessages queued;
    private final FlowLog ledger;
    private final Clock clock;

    DroppedMessages(
            FlowRuns runs,
            Definitions definitions,
            Planner planner,
            QueuedMessages queued,
            FlowLog ledger,
            Clock clock) {
        this.runs = runs;
        this.definitions = definitions;
        this.planner = planner;
        this.queued = queued;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Writes the line before the wish is carried out, while the run's consumers are open: what they have taken ahead is
     * dropped too. One line for one wish, however often it comes; none for nothing. A broker that can not be asked is no
     * reason not to stop.
     */
    void tell(DomainEvent command) {
        runs.find(command.subjectId())
                .filter(run -> run.wish() < command.version())
                .ifPresent(run -> {
                    try {
                        tell(run, command.version());
                    } catch (FlowTopology.TopologyException e) {
                        log.warn("What the stop of {} drops can not be counted: {}", run.flowId(), e.getMessage());
                    }
                });
    }

    private void tell(FlowRun run, long wish) {
        var count = plans(run).mapToLong(queued::of).sum();
        if (count > 0) {
            plans(run).findFirst().ifPresent(plan -> ledger.append(List.of(line(run, wish, plan, count))));
        }
    }

    private Stream<Plan> plans(FlowRun run) {
        return Stream.concat(Stream.ofNullable(run.current()), run.draining().stream())
                .filter(spec -> !spec.queues().isEmpty() && !spec.givenUp())
                .flatMap(this::plan);
    }

    private Stream<Plan> plan(RunSpec spec) {
        try {
            return Stream.of(planner.plan(definitions.read(spec.definition()), spec.id()));
        } catch (IllegalArgumentException e) {
            // This release can not run it, but must be able to stop it.
            log.warn("What is queued in run {} can not be counted: {}", spec.id(), e.getMessage());
            return Stream.empty();
        }
    }

    private FlowLog.Entry line(FlowRun run, long wish, Plan plan, long count) {
        var key = EffectKey.kickOff(run.flowId(), "stop:" + wish);
        var trigger = plan.entryStep();
        return new FlowLog.Entry(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
                run.tenantId(),
                run.workspaceId(),
                run.flowId(),
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
