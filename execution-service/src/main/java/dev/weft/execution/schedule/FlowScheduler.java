package dev.weft.execution.schedule;

import dev.weft.common.duty.Pauses;
import dev.weft.common.duty.RareLines;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.Deployments;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Fires due flows; one replica at a time does ({@link ScheduleConfiguration}). Each flow fires on a thread of its own:
 * a queue that does not answer holds up its own flow only. The next due instant is stored after the message is
 * confirmed, so a crash in between repeats a firing, under the same execution id, and never loses one.
 */
@Service
class FlowScheduler {

    private static final int AT_ONCE = 200;

    private final Deployments deployments;
    private final FlowClock flowClock;
    private final Definitions definitions;
    private final DeploymentFacts facts;
    private final Clock clock;
    private final RareLines lines = new RareLines(LoggerFactory.getLogger(FlowScheduler.class));
    private final Set<String> firing = ConcurrentHashMap.newKeySet();
    private final Pauses pauses = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(30));

    FlowScheduler(
            Deployments deployments, FlowClock flowClock, Definitions definitions, DeploymentFacts facts, Clock clock) {
        this.deployments = deployments;
        this.flowClock = flowClock;
        this.definitions = definitions;
        this.facts = facts;
        this.clock = clock;
    }

    /** Begins to fire what is due and not yet being fired; those that can not are no reason to leave out others. */
    void tick() {
        // Flows that are being fired, or rest after a failure, are due too and may come first: the limit leaves room
        // for others.
        for (var flow : deployments.due(clock.instant(), AT_ONCE + firing.size() + pauses.size())) {
            if (firing.size() < AT_ONCE + pauses.size() && pauses.isOver(flow) && firing.add(flow)) {
                begin(flow);
            }
        }
    }

    private void begin(String flow) {
        try {
            Thread.ofVirtual().name("fire-" + flow).start(() -> tryToFire(flow));
        } catch (OutOfMemoryError e) {
            // No thread could be started. The flow must not stay marked as being fired, or it would never fire again.
            firing.remove(flow);
            pauses.failed(flow);
            lines.warn("A flow could not fire yet", flow, e);
        }
    }

    private void tryToFire(String flow) {
        try {
            deployments.find(flow).ifPresent(this::fire);
            pauses.succeeded(flow);
        } catch (RuntimeException | Error e) {
            pauses.failed(flow);
            lines.warn("A flow could not fire yet", flow, e);
        } finally {
            firing.remove(flow);
        }
    }

    private void fire(Deployment deployment) {
        var due = deployment.due();
        // It was due when the list was read, and may have fired or stopped since.
        if (due == null || !deployment.state().isOpen() || due.isAfter(clock.instant())) {
            return;
        }
        flowClock.fire(deployment, due);
        var definition = definitions.read(deployment.current().definition());
        // All instants missed while nothing ran make one firing: the next one is after now.
        var next = flowClock.next(definition, due).orElse(null);
        var moved = deployment.due(next);
        deployments.save(moved.announcing(facts.stateChanged(moved)));
    }
}
