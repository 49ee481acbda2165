package dev.weft.execution.loss;

import dev.weft.common.duty.LeasedWork;
import dev.weft.common.duty.RareLines;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.deployment.LateQueues;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.worker.Workers;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Declares queues of running flows again that the broker has lost: deleted by hand, or gone with a node. Their messages
 * are lost; that is stored first, since executions wait for them ({@link LostExecutions}), and the flow then takes
 * messages again. It is done under the flow's lease and after reading its document again, so that nothing is declared
 * for a flow that is being stopped.
 */
@Service
class LostQueues {

    private static final Logger log = LoggerFactory.getLogger(LostQueues.class);
    /** Longer than a queue is missing that is just being declared, or deleted. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final QueueConsumers consumers;
    private final Workers workers;
    private final Deployments deployments;
    private final Definitions definitions;
    private final Planner planner;
    private final FlowTopology topology;
    private final LateQueues lateQueues;
    private final LeasedWork leased;
    private final Clock clock;
    private final RareLines lines = new RareLines(log);

    LostQueues(
            QueueConsumers consumers,
            Workers workers,
            Deployments deployments,
            Definitions definitions,
            Planner planner,
            FlowTopology topology,
            LateQueues lateQueues,
            LeasedWork leased,
            Clock clock) {
        this.consumers = consumers;
        this.workers = workers;
        this.deployments = deployments;
        this.definitions = definitions;
        this.planner = planner;
        this.topology = topology;
        this.lateQueues = lateQueues;
        this.leased = leased;
        this.clock = clock;
    }

    /** By each process for what it takes from: declaring what is there already does no harm. */
    void declareAgain() {
        var missing = consumers.missing(PATIENCE);
        if (missing.isEmpty()) {
            return;
        }
        if (missing.contains(FlowNames.DEAD_LETTERS)) {
            topology.declareShared();
            consumers.tryAgain(Set.of(FlowNames.DEAD_LETTERS));
        }
        for (var plan : workers.openPlans()) {
            if (plan.queues().stream().anyMatch(queue -> missing.contains(queue.name()))) {
                tryToDeclare(plan, missing);
            }
        }
    }

    private void tryToDeclare(Plan open, Set<String> missing) {
        var flow = open.flow().id();
        try {
            leased.attempt(
                    Deployments.lease(flow), Deployments.LEASE, LIMIT, () -> declare(flow, open.runId(), missing));
        } catch (FlowTopology.TopologyException | DataAccessException | IllegalArgumentException e) {
            lines.warn("Queues that were lost can not be declared yet", flow, e);
        }
    }

    private void declare(String flow, String runId, Set<String> missing) {
        var found = deployments.find(flow);
        var run = found.stream()
                .flatMap(known -> known.consumed().stream())
                .filter(spec -> spec.id().equals(runId))
                .findFirst();
        if (found.isEmpty() || run.isEmpty()) {
            return;
        }
        var plan = planner.plan(definitions.read(run.get().definition()), runId);
        var lost = plan.queueNames().stream().filter(missing::contains).toList();
        if (!deployments.save(found.get().with(run.get().losing(lost, clock.instant())))) {
            // The document was changed meanwhile, perhaps to end the run; the next look comes in a moment.
            return;
        }
        try {
            topology.declare(plan);
        } finally {
            // A stop may have come during the declaration.
            lateQueues.note(flow, run.get());
        }
        consumers.tryAgain(Set.copyOf(lost));
        log.error(
                "The broker has lost queues of flow {}, with what was in them; they are declared again: {}",
                flow,
                lost);
    }
}
