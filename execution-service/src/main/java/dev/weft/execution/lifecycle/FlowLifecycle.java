package dev.weft.execution.lifecycle;

import dev.weft.common.duty.LeasedWork;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.takedown.EndedRuns;
import dev.weft.execution.takedown.FlowHistory;
import dev.weft.execution.takedown.RunProperties;
import dev.weft.execution.takedown.RunTakedown;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Service;

/**
 * Carries out the wish in a flow's document: one thread of one replica at a time, under the flow's lease, in steps that
 * may each be repeated. Work left by a crash, or that must wait, is found by {@link FlowSweeper} and continues from the
 * stored state.
 */
@Service
class FlowLifecycle {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Deployments deployments;
    private final FlowStarts starts;
    private final RunTakedown takedown;
    private final EndedRuns endedRuns;
    private final DeploymentFacts facts;
    private final FlowHistory history;
    private final LeasedWork leased;
    private final RunProperties limits;
    private final Clock clock;

    FlowLifecycle(
            Deployments deployments,
            FlowStarts starts,
            RunTakedown takedown,
            EndedRuns endedRuns,
            DeploymentFacts facts,
            FlowHistory history,
            LeasedWork leased,
            RunProperties limits,
            Clock clock) {
        this.deployments = deployments;
        this.starts = starts;
        this.takedown = takedown;
        this.endedRuns = endedRuns;
        this.facts = facts;
        this.history = history;
        this.leased = leased;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Works until nothing of the flow's wish is left to do; returns at once while another is at it.
     *
     * @return false when what is left must wait
     */
    boolean carryOut(String flowId) {
        var work = new CarryingOut(deployments, flowId, limits.patience(), this::step);
        // Checked again after the lease is given back: a wish that came during the last step found the lease taken.
        while (!work.mustWait() && isPending(flowId)) {
            // The holder of the lease checks once more after giving it back, and finds this wish.
            if (!leased.attempt(Deployments.lease(flowId), Deployments.LEASE, LIMIT, work)) {
                return true;
            }
        }
        return !work.mustWait();
    }

    private boolean isPending(String flowId) {
        return deployments
                .find(flowId)
                .filter(deployment -> deployment.state().isPending())
                .isPresent();
    }

    /** False when it is too early for the next one. */
    private boolean step(Deployment deployment) {
        return switch (deployment.state()) {
            case STARTING -> starts.start(deployment);
            case UPDATING -> starts.update(deployment);
            case STOPPING -> stop(deployment);
            case SUSPENDING -> suspend(deployment);
            case DELETING -> delete(deployment);
            case INACTIVE, ACTIVE, SUSPENDED, DELETED -> true;
        };
    }

    private boolean stop(Deployment deployment) {
        if (!takedown.all(deployment)) {
            return false;
        }
        // The queues are deleted before, since messages in them could still begin executions.
        history.cancelRunning(deployment.owner().id());
        var stopped = ended(deployment).to(State.INACTIVE, clock.instant());
        deployments.saveAndTell(stopped.announcing(facts.stateChanged(stopped)));
        return true;
    }

    /** Without its runs, but with what may come of them still. */
    private Deployment ended(Deployment deployment) {
        return endedRuns
                .straggling(deployment, deployment.named())
                .withoutRuns()
                .due(null);
    }

    private boolean suspend(Deployment deployment) {
        var suspended = deployment.to(State.SUSPENDED, clock.instant());
        deployments.saveAndTell(suspended.announcing(facts.stateChanged(suspended)));
        return true;
    }

    private boolean delete(Deployment deployment) {
        if (!takedown.all(deployment)) {
            return false;
        }
        // Done before the document says that the deletion is complete: after a crash in between it is repeated.
        history.delete(deployment.owner().id());
        deployments.save(ended(deployment).to(State.DELETED, clock.instant()));
        return true;
    }
}
