package dev.weft.execution.run;

import dev.weft.common.id.Ids;
import dev.weft.common.messaging.OutboxRelay;
import dev.weft.common.mongo.Leases;
import dev.weft.execution.execution.FlowHistory;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.FlowTopology;
import dev.weft.execution.run.FlowRun.RunSpec;
import dev.weft.execution.run.FlowRun.State;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Carries out what a flow's document wishes: one replica at a time, under the flow's lease, step by step, each step
 * repeatable. Whatever a crash leaves is found by {@link FlowSweeper} and goes on from the stored state.
 */
@Service
class FlowLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FlowLifecycle.class);
    /** Longer than any one step takes; a dead holder blocks a flow for this long. */
    private static final Duration LEASE = Duration.ofSeconds(20);
    /** A flow not active within this time goes back to inactive (api-v2 9.5). */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final FlowRuns runs;
    private final Planner planner;
    private final FlowTopology topology;
    private final Definitions definitions;
    private final FlowStateFacts facts;
    private final FlowHistory history;
    private final FlowClock flowClock;
    private final OutboxRelay relay;
    private final Leases leases;
    private final Clock clock;
    private final String holder;

    FlowLifecycle(
            FlowRuns runs,
            Planner planner,
            FlowTopology topology,
            Definitions definitions,
            FlowStateFacts facts,
            FlowHistory history,
            FlowClock flowClock,
            OutboxRelay relay,
            Leases leases,
            Clock clock,
            Ids ids) {
        this.runs = runs;
        this.planner = planner;
        this.topology = topology;
        this.definitions = definitions;
        this.facts = facts;
        this.history = history;
        this.flowClock = flowClock;
        this.relay = relay;
        this.leases = leases;
        this.clock = clock;
        this.holder = ids.nextHex32();
    }

    /** Works until nothing of the flow's wish is left to do; returns at once while another replica is at it. */
    void carryOut(String flowId) {
        while (isPending(flowId) && leases.hold("flow:" + flowId, holder, LEASE)) {
            try {
                runs.find(flowId).ifPresent(this::step);
            } finally {
                leases.release("flow:" + flowId, holder);
            }
        }
    }

    private boolean isPending(String flowId) {
        return runs.find(flowId).filter(run -> run.state().isPending()).isPresent();
    }

    private void step(FlowRun run) {
        switch (run.state()) {
            case STARTING -> start(run);
            case UPDATING -> update(run);
            case STOPPING -> stop(run);
            case SUSPENDING -> suspend(run);
            case DELETING -> delete(run);
            case INACTIVE, ACTIVE, SUSPENDED -> {
                // Nothing is left to do.
            }
        }
    }

    private void start(FlowRun run) {
        var current = Objects.requireNonNull(run.current());
        try {
            var plan = plan(current);
            if (current.queues().isEmpty()) {
                // Noted before they exist: whatever comes in between, a stop finds them.
                runs.save(run.to(State.STARTING, named(current, plan), run.wish(), run.since()));
                return;
            }
            topology.declare(plan);
            var following = current.next() == null ? State.ACTIVE : State.UPDATING;
            var active = run.to(following, current, run.wish(), clock.instant());
            announce(active.due(flowClock.first(plan.definition())), true);
        } catch (IllegalArgumentException e) {
            fail(run, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (FlowTopology.TopologyException e) {
            if (run.since().plus(START_LIMIT).isBefore(clock.instant())) {
                fail(run, "The flow could not be started within 60 seconds.");
            } else {
                throw e;
            }
        }
    }

    private Plan plan(RunSpec run) {
        return planner.plan(definitions.read(run.definition()), run.id());
    }

    private static RunSpec named(RunSpec run, Plan plan) {
        var credentials = plan.definition().version().graph().nodes().stream()
                .map(node -> node.credentialsId())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return run.declared(plan.queueNames(), credentials);
    }

    /** Puts the newer version in force: new messages take it, queued work ends on its own version. */
    private void update(FlowRun run) {
        var current = Objects.requireNonNull(run.current());
        var next = Objects.requireNonNull(current.next());
        try {
            var following = following(run.flowId(), next);
            var plan = plan(following);
            var newer = named(following, plan);
            topology.declare(plan);
            var draining = new ArrayList<>(run.draining());
            draining.add(current.followedBy(null));
            var active =
                    run.to(State.ACTIVE, newer, run.wish(), clock.instant()).draining(draining);
            var due = flowClock.kept(run.due(), definitions.read(current.definition()), plan.definition());
            if (!announce(active.due(due), true)) {
                dropUnlessWanted(run.flowId(), newer);
            }
        } catch (IllegalArgumentException e) {
            log.error(
                    "Version of flow {} can not be put in force; the older one stays: {}",
                    run.flowId(),
                    e.getMessage());
            announce(run.to(State.ACTIVE, current.followedBy(null), run.wish(), clock.instant()), false);
        }
    }

    /** Its id is of the definition, which names the wish: known again after a crash, and by a stop that comes first. */
    private RunSpec following(String flowId, String next) {
        var id = Ids.sha256("run:" + flowId + ":" + next).substring(0, 32);
        return new RunSpec(id, next, List.of(), List.of(), clock.instant(), null, false);
    }

    /** Another version was wished for meanwhile: then nobody else knows of these queues. */
    private void dropUnlessWanted(String flowId, RunSpec newer) {
        var isWanted = runs.find(flowId)
                .map(FlowRun::current)
                .map(RunSpec::next)
                .filter(newer.definition()::equals)
                .isPresent();
        if (!isWanted) {
            topology.delete(newer.queues());
        }
    }

    private void stop(FlowRun run) {
        if (!close(run)) {
            return;
        }
        runs.find(run.flowId())
                .filter(closed -> closed.wish() == run.wish())
                .ifPresent(closed -> announce(
                        closed.to(State.INACTIVE, null, closed.wish(), clock.instant())
                                .draining(List.of())
                                .due(null),
                        false));
    }

    /** Ends door and workers, then drops queues and what waited in them; false when a newer wish came first. */
    private boolean close(FlowRun run) {
        if (!announce(run.due(null), true)) {
            return false;
        }
        var queues = new ArrayList<String>();
        var current = run.current();
        if (current != null) {
            queues.addAll(current.queues());
            if (current.next() != null) {
                queues.addAll(begun(run.flowId(), current.next()));
            }
        }
        run.draining().forEach(old -> queues.addAll(old.queues()));
        topology.delete(queues);
        history.cancelRunning(run.flowId());
        return true;
    }

    /** Queues that a newer version may have got before it could be put in force. */
    private List<String> begun(String flowId, String next) {
        try {
            var following = following(flowId, next);
            return named(following, plan(following)).queues();
        } catch (IllegalArgumentException e) {
            log.debug("A version of flow {} that can not be planned has no queues: {}", flowId, e.getMessage());
            return List.of();
        }
    }

    private void suspend(FlowRun run) {
        announce(
                run.to(State.SUSPENDED, run.current(), run.wish(), clock.instant())
                        .due(null),
                true);
    }

    private void delete(FlowRun run) {
        if (close(run)) {
            history.delete(run.flowId());
            runs.find(run.flowId())
                    .filter(closed -> closed.state() == State.DELETING)
                    .ifPresent(runs::delete);
        }
    }

    private void fail(FlowRun run, String reason) {
        log.warn("Flow {} did not start: {}", run.flowId(), reason);
        var current = Objects.requireNonNull(run.current());
        history.startFailed(definitions.read(current.definition()), current.id(), reason);
        // Their queues are the sweeper's: the broker may be away, which is why some starts fail.
        announce(
                run.givingUpRuns()
                        .to(State.INACTIVE, null, run.wish(), clock.instant())
                        .due(null),
                true);
    }

    /** Stores the change with its facts and sends them; workers and doors hear of it when {@code everywhere}. */
    private boolean announce(FlowRun changed, boolean everywhere) {
        var announced = everywhere
                ? changed.announcing(facts.runChanged(changed), facts.doorChanged(changed), facts.stateChanged(changed))
                : changed.announcing(facts.stateChanged(changed));
        if (!runs.save(announced)) {
            return false;
        }
        relay.relayAndWait(FlowRuns.COLLECTION, changed.flowId());
        return true;
    }
}
