package dev.weft.execution.lifecycle;

import dev.weft.common.duty.LeasedWork;
import dev.weft.common.duty.RareLines;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.takedown.EndedRuns;
import dev.weft.execution.takedown.FlowHistory;
import dev.weft.execution.takedown.RunTakedown;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Resumes work that was left half done, and has runs taken down that have drained or were given up. One replica at a
 * time ({@link RunDuties}).
 */
@Service
class FlowSweeper {

    private static final Duration LEFT_BEHIND = Duration.ofSeconds(5);
    /** More than may be stuck together: the oldest come first. */
    private static final int MOST = 10_000;
    /** Longer than a command may lie among those that could not be carried out. */
    private static final Duration TOMBSTONE = Duration.ofDays(30);
    /** Of the runs of one flow. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Deployments deployments;
    private final FlowCarrier carrier;
    private final RunTakedown takedown;
    private final EndedRuns endedRuns;
    private final FlowHistory history;
    private final DeploymentFacts facts;
    private final LeasedWork leased;
    private final Clock clock;
    private final RareLines lines = new RareLines(LoggerFactory.getLogger(FlowSweeper.class));
    private volatile int draining;

    FlowSweeper(
            Deployments deployments,
            FlowCarrier carrier,
            RunTakedown takedown,
            EndedRuns endedRuns,
            FlowHistory history,
            DeploymentFacts facts,
            LeasedWork leased,
            Clock clock) {
        this.deployments = deployments;
        this.carrier = carrier;
        this.takedown = takedown;
        this.endedRuns = endedRuns;
        this.history = history;
        this.facts = facts;
        this.leased = leased;
        this.clock = clock;
    }

    /** None waits for another: each goes on a thread of its own. */
    void sweep() {
        deployments.pending(clock.instant().minus(LEFT_BEHIND), MOST).forEach(carrier::carryOn);
    }

    /** What was in work at a stop may write its first record after the executions were canceled. */
    void cancelStragglers() {
        for (var flow : deployments.withStragglers()) {
            try {
                deployments.find(flow).ifPresent(this::cancelStragglers);
            } catch (IllegalStateException e) {
                // Something is still to be told of it, and must not hold up the others.
                lines.warn("What is left of a flow can not be removed yet", flow, e);
            }
        }
        deployments.forgetDeleted(clock.instant().minus(TOMBSTONE));
    }

    private void cancelStragglers(Deployment deployment) {
        if (deployment.state() == State.DELETED) {
            history.delete(deployment.owner().id());
        } else {
            deployment.stragglers().forEach(ended -> history.cancelRunning(ended.flowId(), ended.run()));
        }
        var now = clock.instant();
        // A straggler is forgotten only after a cancellation later than its term, which has just been done.
        var left = deployment.stragglers().stream()
                .filter(ended -> ended.until().isAfter(now))
                .toList();
        if (left.size() < deployment.stragglers().size()) {
            deployments.save(deployment.stragglers(left));
        }
    }

    void endDrainedRuns() {
        var left = 0;
        for (var flow : deployments.withDrainingRuns()) {
            try {
                left += endDrained(flow);
            } catch (RuntimeException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // One flow that fails must not hold up the others; the next sweep looks at it again.
                lines.warn("Runs of a flow can not be taken down yet", flow, e);
                left++;
            }
        }
        draining = left;
    }

    /** Runs that have been replaced or given up and have queues still, as this replica saw it last. */
    int draining() {
        return draining;
    }

    /**
     * Under the flow's lease: whoever has it may be declaring queues of a run that a wish has given up meanwhile.
     *
     * @return how many are left
     */
    private int endDrained(String flowId) {
        var left = new AtomicInteger();
        var isDone = leased.attempt(
                Deployments.lease(flowId),
                Deployments.LEASE,
                LIMIT,
                () -> deployments.find(flowId).map(this::endDrained).ifPresent(left::set));
        var deployment = deployments.find(flowId);
        if (!isDone) {
            // Another process has the lease; the next sweep comes soon.
            return deployment.map(found -> found.draining().size()).orElse(0);
        }
        // A wish that came during this work found the lease taken and relies on its holder to see to it.
        deployment.filter(found -> found.state().isPending()).ifPresent(_ -> carrier.carryOut(flowId));
        return left.get();
    }

    private int endDrained(Deployment deployment) {
        var left = new ArrayList<DeploymentRun>();
        for (var old : deployment.draining()) {
            look(deployment, old).ifPresent(left::add);
        }
        if (!left.equals(deployment.draining())) {
            save(deployment, left);
        }
        return left.size();
    }

    private void save(Deployment deployment, List<DeploymentRun> left) {
        // Messages of given-up runs that are still in work may write their first record after their execution was
        // canceled.
        var givenUp = deployment.draining().stream()
                .filter(run -> run.fate() == Fate.GIVEN_UP && !left.contains(run))
                .toList();
        var changed = endedRuns.straggling(deployment, givenUp).draining(left).announcing(facts.runChanged(deployment));
        if (changed.queues() < deployment.queues()) {
            changed = changed.announcing(facts.stateChanged(changed));
        }
        deployments.saveAndTell(changed);
    }

    /** As it is to be from now on; empty when its queues are gone. */
    private Optional<DeploymentRun> look(Deployment deployment, DeploymentRun old) {
        return switch (old.fate()) {
            case SERVED -> Optional.of(takedown.isDrained(deployment, old) ? old.to(Fate.ENDING) : old);
            case GIVEN_UP -> giveUp(deployment, old);
            case ENDING ->
                switch (takedown.end(deployment, old)) {
                    case GONE -> Optional.empty();
                    case FOUND -> Optional.of(old.to(Fate.SERVED));
                    case TOO_EARLY -> Optional.of(old);
                };
        };
    }

    /** It may have been in force: a stop that a new start has overtaken drops it and cancels its executions all the same. */
    private Optional<DeploymentRun> giveUp(Deployment deployment, DeploymentRun old) {
        if (!takedown.givenUp(deployment, old)) {
            return Optional.of(old);
        }
        // The queues are deleted before, since messages in them could still begin executions. The document still names
        // the run, so after a crash in between this is repeated.
        history.cancelRunning(old.flowId(), old.id());
        return Optional.empty();
    }
}
