package dev.weft.execution.takedown;

import dev.weft.execution.consumer.QueueLoad;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.RunHoldings;
import dev.weft.execution.topology.FlowTopology;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Deletes the queues of runs; nobody else does. What always holds:
 *
 * <ol>
 *   <li>The flow's document says that the run has ended before any queue goes. So a run in force, or coming into force,
 *       loses no queue, whoever lost a race.
 *   <li>A replaced run loses no message: its queues go only when no process takes from them, every process that may
 *       hold a message says that it holds none, no execution of it is unfinished (which is so while one waits to come
 *       again), and a last look, as the only consumer, finds nothing. A process that does not answer may hold one. The
 *       broker's own count is no proof: for a queue without a leader it is 0.
 *   <li>By then no gateway knows the door of the run any more. A later publish is told that there is no such queue.
 *   <li>A stop drops messages that no step has begun, and logs how many, after processes have handed back what they had
 *       prefetched. A message that arrives before the queues are gone is counted too.
 *   <li>Who waits for the answer to a dropped message, or watches its execution, is told ({@link UnbegunKickOffs}).
 *   <li>No queue is deleted right after its declaration, which brokers have not survived ({@code FlowTopology}).
 * </ol>
 */
@Service
public class RunTakedown {

    private static final Logger log = LoggerFactory.getLogger(RunTakedown.class);
    private static final Duration YOUNGEST = Duration.ofSeconds(1);

    private final FlowTopology topology;
    private final RunHoldings holdings;
    private final FlowHistory history;
    private final DroppedMessages dropped;
    private final UnbegunKickOffs unbegun;
    private final RunProperties limits;
    private final Clock clock;

    RunTakedown(
            FlowTopology topology,
            RunHoldings holdings,
            FlowHistory history,
            DroppedMessages dropped,
            UnbegunKickOffs unbegun,
            RunProperties limits,
            Clock clock) {
        this.topology = topology;
        this.holdings = holdings;
        this.history = history;
        this.dropped = dropped;
        this.unbegun = unbegun;
        this.limits = limits;
        this.clock = clock;
    }

    /** Of a flow that is stopped or deleted; false when it is too early, and may be asked again in a moment. */
    public boolean all(Deployment flow) {
        var runs = flow.named();
        if (runs.stream().anyMatch(run -> isYoung(flow, run))) {
            return false;
        }
        if (!runs.stream().allMatch(run -> isTrueOfAll(flow, run, RunTakedown::isHandedBack))) {
            if (!isOver(flow)) {
                return false;
            }
            log.warn(
                    "Flow {} ends though not all processes have handed back what they had of it",
                    flow.owner().id());
        }
        runs.forEach(run -> drop(flow, run));
        return true;
    }

    /** Who has not handed back by now may be dead without the broker's knowing it. */
    private boolean isOver(Deployment flow) {
        return flow.since().plus(limits.handBackLimit()).isBefore(clock.instant());
    }

    /**
     * The age counts from the end of the declaration. When that was is not known of a process that died in it; but it was
     * before the flow came to its present state.
     */
    private boolean isYoung(Deployment flow, DeploymentRun run) {
        var declared = Objects.requireNonNullElse(run.declared(), flow.since());
        return declared.plus(YOUNGEST).isAfter(clock.instant());
    }

    private void drop(Deployment flow, DeploymentRun run) {
        var waiting = topology.ready(run.queues()).values().stream()
                .mapToLong(count -> count)
                .sum();
        // Logged before the deletion: after a crash in between nobody would know the number. Logged twice it is still
        // one line, by its id.
        dropped.tell(flow, run, "stop", waiting);
        var all = unbegun.drop(flow, run) + topology.delete(run.queues());
        dropped.tell(flow, run, "stopped", all - waiting);
    }

    /** Of a run that was given up; false when it is too early. */
    public boolean givenUp(Deployment flow, DeploymentRun run) {
        if (isYoung(flow, run) || !isTrueOfAll(flow, run, RunTakedown::isHandedBack)) {
            return false;
        }
        drop(flow, run);
        return true;
    }

    /** Whether nothing seems to be left of a run that was replaced; it is still being taken from. */
    public boolean isDrained(Deployment flow, DeploymentRun run) {
        return flow.state().isOpen()
                && run.since().plus(limits.shortestDrain()).isBefore(clock.instant())
                && !history.isRunning(run.flowId(), run.id())
                && topology.ready(run.queues()).values().stream().allMatch(count -> count == 0)
                // Processes are asked after the queues were looked at: a message that is consumed in between is found
                // in its process.
                && isTrueOfAll(flow, run, load -> load.begun() == 0 && load.waiting() == 0);
    }

    /** The results of the last look at an ending run. */
    public enum LastLook {
        /** Nothing was there, and the queues are gone. */
        GONE,
        /** It is to be taken from again. */
        FOUND,
        /** Somebody has not let go yet, or does not answer. */
        TOO_EARLY
    }

    /** Looks at a run that nobody takes from any more, and deletes its queues when they are empty. */
    public LastLook end(Deployment flow, DeploymentRun run) {
        // The broker counts a cancelled consumer for as long as it has unacknowledged messages (seen on RabbitMQ
        // 3.10.8), so zero means that nobody holds any.
        var isTaken = topology.depths(run.queues()).values().stream().anyMatch(depth -> depth.consumers() > 0);
        if (isTaken || !isTrueOfAll(flow, run, QueueLoad.NONE::equals)) {
            return LastLook.TOO_EARLY;
        }
        if (history.isRunning(run.flowId(), run.id()) || !topology.areEmpty(run.queues())) {
            return LastLook.FOUND;
        }
        var lost = topology.delete(run.queues());
        if (lost > 0) {
            // Somebody published to the run after the longest time that a gateway may know its door.
            log.error("{} messages came to run {} of flow {} in its last moment", lost, run.id(), run.flowId());
            dropped.tell(flow, run, "ended", lost);
        }
        return LastLook.GONE;
    }

    private boolean isTrueOfAll(Deployment flow, DeploymentRun run, Predicate<QueueLoad> claim) {
        Optional<Map<String, QueueLoad>> held = holdings.of(flow, run.id());
        return held.isPresent() && held.get().values().stream().allMatch(claim);
    }

    /** What is in work goes on; what it comes to finds no queue, and its execution is canceled. */
    private static boolean isHandedBack(QueueLoad load) {
        return load.consumers() == 0 && load.waiting() == 0;
    }
}
