package dev.weft.execution.lifecycle;

import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.deployment.LateQueues;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.schedule.FlowClock;
import dev.weft.execution.takedown.RunProperties;
import dev.weft.execution.topology.FlowTopology;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Brings a version of a flow into force: at its start, or in the place of one that runs. Each step may be repeated, and
 * begins with what the flow's document says.
 */
@Service
class FlowStarts {

    private static final Logger log = LoggerFactory.getLogger(FlowStarts.class);

    private final Deployments deployments;
    private final Planner planner;
    private final FlowTopology topology;
    private final LateQueues lateQueues;
    private final Definitions definitions;
    private final DeploymentFacts facts;
    private final FailedStarts failed;
    private final FlowClock flowClock;
    private final RunProperties limits;
    private final Clock clock;

    FlowStarts(
            Deployments deployments,
            Planner planner,
            FlowTopology topology,
            LateQueues lateQueues,
            Definitions definitions,
            DeploymentFacts facts,
            FailedStarts failed,
            FlowClock flowClock,
            RunProperties limits,
            Clock clock) {
        this.deployments = deployments;
        this.planner = planner;
        this.topology = topology;
        this.lateQueues = lateQueues;
        this.definitions = definitions;
        this.facts = facts;
        this.failed = failed;
        this.flowClock = flowClock;
        this.limits = limits;
        this.clock = clock;
    }

    /** Active is a flow when the broker says that its queues are taken from, which none does of a queue that can not work. */
    boolean start(Deployment deployment) {
        var current = deployment.current();
        try {
            var plan = plan(current);
            if (current.queues().isEmpty()) {
                // Stored before the queues exist: whatever happens in between, a stop finds them by the document.
                deployments.save(deployment.with(named(current, plan)));
                return true;
            }
            if (current.declared() == null) {
                declare(deployment, current, plan);
                return true;
            }
            var queues = TakenQueues.of(plan, topology);
            if (!queues.areTaken()) {
                if (failLate(deployment, "The broker has not let anyone take from the flow's queues.")) {
                    return true;
                }
                var lost = queues.lost();
                // The loss is stored first: executions of a flow that was suspended may wait for messages that were in
                // those queues.
                if (!lost.isEmpty() && deployments.save(deployment.with(current.losing(lost, clock.instant())))) {
                    declareAgain(deployment, current, plan);
                }
                return false;
            }
            var following = current.next() == null ? State.ACTIVE : State.UPDATING;
            var active = deployment.to(following, clock.instant());
            announceEverywhere(active.due(flowClock.first(plan.definition())));
            return true;
        } catch (IllegalArgumentException e) {
            startWithout(deployment, e);
            return true;
        } catch (FlowTopology.TopologyException e) {
            if (!failLate(deployment, e.getMessage())) {
                throw e;
            }
            return true;
        }
    }

    /**
     * The version can not be made ready here. Of a flow that was suspended, what is kept stays for a release that can work
     * on it: its next version starts beside it, and without one it is tried again.
     */
    private void startWithout(Deployment deployment, IllegalArgumentException e) {
        if (!keepsMessages(deployment)) {
            fail(deployment, e.getMessage() == null ? e.toString() : e.getMessage());
            return;
        }
        var current = deployment.current();
        var next = current.next();
        if (next == null) {
            throw e;
        }
        log.error(
                "Suspended flow {} can not go on with its version, whose messages are kept; the newer one starts: {}",
                deployment.owner().id(),
                e.getMessage());
        var now = clock.instant();
        var newer = following(current.flowId(), next);
        deployments.save(deployment.inForce(newer, List.of(current), now).to(State.STARTING, now));
    }

    /**
     * Declares the queues of a run. What came of that is noted also when a newer wish has changed the document meanwhile,
     * or when it was cut short: some queues may be there.
     */
    private void declare(Deployment deployment, DeploymentRun run, Plan plan) {
        try {
            topology.declare(plan);
            var begun = deployment.with(run.declared(clock.instant()));
            if (announce(begun, facts.runChanged(begun))) {
                return;
            }
        } catch (RuntimeException e) {
            lateQueues.note(deployment.owner().id(), run);
            throw e;
        }
        lateQueues.note(deployment.owner().id(), run);
    }

    /** The same of those that it had already. */
    private void declareAgain(Deployment deployment, DeploymentRun run, Plan plan) {
        try {
            topology.declare(plan);
        } finally {
            lateQueues.note(deployment.owner().id(), run);
        }
    }

    private Plan plan(DeploymentRun run) {
        return planner.plan(definitions.read(run.definition()), run.id());
    }

    private static DeploymentRun named(DeploymentRun run, Plan plan) {
        var credentials = plan.definition().version().graph().nodes().stream()
                .map(node -> node.credentialsId())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return run.named(plan.queueNames(), credentials);
    }

    /**
     * Puts the newer version in force: new messages take it, queued work ends on its own version. All that is done for it
     * is noted before, so that who comes too late deletes nothing.
     */
    boolean update(Deployment deployment) {
        var current = deployment.current();
        var next = current.next();
        var coming = deployment.coming();
        try {
            if (next == null) {
                deployments.save(deployment.givingUpComing().to(State.ACTIVE, clock.instant()));
                return true;
            }
            if (coming == null || !coming.definition().equals(next)) {
                var following = following(current.flowId(), next);
                // The run and its queues are stored before they are declared, since no queue may exist that no document
                // names.
                deployments.save(deployment.givingUpComing().coming(named(following, plan(following))));
                return true;
            }
            var plan = plan(coming);
            if (coming.declared() == null) {
                declare(deployment, coming, plan);
                return true;
            }
            var queues = TakenQueues.of(plan, topology);
            if (!queues.areTaken()) {
                if (!queues.lost().isEmpty()) {
                    declareAgain(deployment, coming, plan);
                }
                return false;
            }
            var now = clock.instant();
            var due = flowClock.kept(deployment.due(), definitions.read(current.definition()), plan.definition());
            announceEverywhere(deployment
                    .inForce(coming, List.of(current), now)
                    .to(State.ACTIVE, now)
                    .due(due));
            return true;
        } catch (IllegalArgumentException e) {
            log.error(
                    "Version of flow {} can not be put in force; the older one stays: {}",
                    deployment.owner().id(),
                    e.getMessage());
            var older =
                    deployment.givingUpComing().with(current.followedBy(null)).to(State.ACTIVE, clock.instant());
            announce(older, facts.stateChanged(older));
            return true;
        }
    }

    /** Its id is of the definition, which names the wish: known again after a crash. */
    private DeploymentRun following(String flowId, String next) {
        var id = Ids.sha256("run:" + flowId + ":" + next).substring(0, 32);
        return DeploymentRun.fresh(id, flowId, next, clock.instant());
    }

    /** Never of one that was suspended: it has messages, which would go with its queues. */
    private boolean failLate(Deployment deployment, @Nullable String reason) {
        if (keepsMessages(deployment)
                || deployment.since().plus(limits.startLimit()).isAfter(clock.instant())) {
            return false;
        }
        fail(
                deployment,
                "The flow could not be started within " + limits.startLimit().toSeconds() + " seconds. " + reason);
        return true;
    }

    /** Only one that was suspended has runs from before its start that are not given up. */
    private static boolean keepsMessages(Deployment deployment) {
        return isResumed(deployment) || deployment.draining().stream().anyMatch(run -> run.fate() != Fate.GIVEN_UP);
    }

    private static boolean isResumed(Deployment deployment) {
        var declared = deployment.current().declared();
        return declared != null && declared.isBefore(deployment.since());
    }

    private void fail(Deployment deployment, String reason) {
        log.warn("Flow {} did not start: {}", deployment.owner().id(), reason);
        var current = deployment.current();
        // The record first: if this process dies in between, the start fails once more and writes the same record.
        failed.record(definitions.read(current.definition()), current.id(), reason);
        // The sweeper deletes the queues later: the broker may be away, which is one reason why starts fail.
        announceEverywhere(
                deployment.givingUpRuns().to(State.INACTIVE, clock.instant()).due(null));
    }

    /** Stores the change with its facts and sends them; workers and doors hear of it. */
    private void announceEverywhere(Deployment changed) {
        announce(changed, facts.runChanged(changed), facts.doorChanged(changed), facts.stateChanged(changed));
    }

    /** Nothing is told when somebody else was faster: the next step begins with what is stored then. */
    private boolean announce(Deployment changed, Outgoing... facts) {
        return deployments.saveAndTell(changed.announcing(facts));
    }
}
