package dev.weft.execution.lifecycle;

import dev.weft.common.duty.RareLines;
import dev.weft.common.messaging.OutboxRelay;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.execution.FlowHistory;
import dev.weft.execution.topology.FlowTopology;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/** Resumes what was left half done, and has runs that have drained taken down. One replica at a time ({@link RunDuties}). */
@Service
class FlowSweeper {

    private static final Duration LEFT_BEHIND = Duration.ofSeconds(5);
    /** More than may be stuck together: the oldest come first. */
    private static final int MOST = 10_000;
    /** Longer than a command may lie among those that could not be carried out. */
    private static final Duration TOMBSTONE = Duration.ofDays(30);

    private final Deployments deployments;
    private final FlowCarrier carrier;
    private final RunTakedown takedown;
    private final FlowHistory history;
    private final DeploymentFacts facts;
    private final OutboxRelay relay;
    private final Clock clock;
    private final RareLines lines = new RareLines(LoggerFactory.getLogger(FlowSweeper.class));
    private volatile int draining;

    FlowSweeper(
            Deployments deployments,
            FlowCarrier carrier,
            RunTakedown takedown,
            FlowHistory history,
            DeploymentFacts facts,
            OutboxRelay relay,
            Clock clock) {
        this.deployments = deployments;
        this.carrier = carrier;
        this.takedown = takedown;
        this.history = history;
        this.facts = facts;
        this.relay = relay;
        this.clock = clock;
    }

    /** None waits for another: each goes on a thread of its own. */
    void sweep() {
        deployments.pending(clock.instant().minus(LEFT_BEHIND), MOST).forEach(carrier::carryOn);
    }

    /** What was in work at a stop may write its first record after the executions were canceled. */
    void cancelStragglers() {
        for (var flow : deployments.withStragglers()) {
            deployments.find(flow).ifPresent(this::cancelStragglers);
        }
        deployments.forgetDeleted(clock.instant().minus(TOMBSTONE));
    }

    private void cancelStragglers(Deployment deployment) {
        if (deployment.state() == State.DELETED) {
            history.delete(deployment.flowId());
        } else {
            deployment.stragglers().forEach(ended -> history.cancelRunning(deployment.flowId(), ended.run()));
        }
        var now = clock.instant();
        // Those whose time is over have had their last look just now. Only then are they forgotten.
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
                left += deployments.find(flow).map(this::endDrained).orElse(0);
            } catch (FlowTopology.TopologyException | DataAccessException e) {
                // The other flows must not wait for this one; it is looked at again with the next sweep.
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

    /** How many are left. */
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
        var changed = deployment.draining(left).announcing(facts.runChanged(deployment));
        if (changed.queues() < deployment.queues()) {
            changed = changed.announcing(facts.stateChanged(changed));
        }
        if (deployments.save(changed)) {
            relay.relayAndWait(Deployments.COLLECTION, deployment.flowId());
        }
    }

    /** As it is to be from now on; empty when its queues are gone. */
    private Optional<DeploymentRun> look(Deployment deployment, DeploymentRun old) {
        return switch (old.fate()) {
            case SERVED -> Optional.of(takedown.isDrained(deployment, old) ? old.to(Fate.ENDING) : old);
            case GIVEN_UP -> takedown.givenUp(deployment, old) ? Optional.empty() : Optional.of(old);
            case ENDING ->
                switch (takedown.end(deployment, old)) {
                    case GONE -> Optional.empty();
                    case FOUND -> Optional.of(old.to(Fate.SERVED));
                    case TOO_EARLY -> Optional.of(old);
                };
        };
    }
}
