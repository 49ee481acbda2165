package dev.weft.execution.run;

import dev.weft.common.id.Ids;
import dev.weft.common.messaging.OutboxRelay;
import dev.weft.common.mongo.Leases;
import dev.weft.execution.execution.FlowHistory;
import dev.weft.execution.queue.FlowTopology;
import dev.weft.execution.run.FlowRun.RunSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Resumes what a crash left half done, and takes down runs that have drained. One replica at a time. */
@Service
class FlowSweeper {

    private static final Logger log = LoggerFactory.getLogger(FlowSweeper.class);
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(5);
    /** Longer than any step works. */
    private static final Duration STRAGGLERS = Duration.ofMinutes(3);
    /** Longer than a message may be in work before its first record is seen. */
    private static final Duration SHORTEST_DRAIN = Duration.ofMinutes(5);

    private final FlowRuns runs;
    private final FlowLifecycle lifecycle;
    private final FlowTopology topology;
    private final FlowHistory history;
    private final FlowStateFacts facts;
    private final OutboxRelay relay;
    private final Leases leases;
    private final Clock clock;
    private final String holder;

    FlowSweeper(
            FlowRuns runs,
            FlowLifecycle lifecycle,
            FlowTopology topology,
            FlowHistory history,
            FlowStateFacts facts,
            OutboxRelay relay,
            Leases leases,
            Clock clock,
            Ids ids) {
        this.runs = runs;
        this.lifecycle = lifecycle;
        this.topology = topology;
        this.history = history;
        this.facts = facts;
        this.relay = relay;
        this.leases = leases;
        this.clock = clock;
        this.holder = ids.nextHex32();
    }

    @Scheduled(fixedDelay = 3000, initialDelay = 2000)
    void sweep() {
        if (!leases.hold("flow-sweeper", holder, Duration.ofSeconds(30))) {
            return;
        }
        for (var flow : runs.pending(clock.instant().minus(LEFT_BEHIND))) {
            try {
                lifecycle.carryOut(flow);
            } catch (RuntimeException e) {
                // The other flows must not wait for this one; it is tried again with the next sweep.
                log.warn("Flow {} can not be brought to its wished state yet", flow, e);
            }
        }
    }

    /** What was in work at a stop may write its first record after the executions were canceled. */
    @Scheduled(fixedDelay = 15_000, initialDelay = 15_000)
    void cancelStragglers() {
        if (leases.hold("flow-stragglers", holder, Duration.ofSeconds(30))) {
            var now = clock.instant();
            runs.stopped(now.minus(STRAGGLERS), now.minus(LEFT_BEHIND)).forEach(history::cancelRunning);
        }
    }

    @Scheduled(fixedDelay = 30_000, initialDelay = 30_000)
    void endDrainedRuns() {
        if (leases.hold("flow-drain", holder, Duration.ofSeconds(60))) {
            for (var flow : runs.withDrainingRuns()) {
                try {
                    runs.find(flow).ifPresent(this::endDrained);
                } catch (FlowTopology.TopologyException e) {
                    log.warn("Runs of flow {} can not be taken down yet: {}", flow, e.getMessage());
                }
            }
        }
    }

    private void endDrained(FlowRun run) {
        var left = new ArrayList<RunSpec>();
        var ended = new ArrayList<RunSpec>();
        for (var old : run.draining()) {
            (isDrained(run, old) ? ended : left).add(old);
        }
        if (ended.isEmpty()) {
            return;
        }
        // First, and again until it is noted: a run that nobody names any more would keep its queues for ever.
        ended.forEach(old -> topology.delete(old.queues()));
        var changed = run.draining(left);
        if (runs.save(changed.announcing(facts.runChanged(changed)))) {
            relay.relayAndWait(FlowRuns.COLLECTION, run.flowId());
        }
    }

    private boolean isDrained(FlowRun run, RunSpec old) {
        if (old.givenUp()) {
            return true;
        }
        return run.since().plus(SHORTEST_DRAIN).isBefore(clock.instant())
                && old.queues().stream().allMatch(queue -> topology.ready(queue) == 0)
                && !history.isRunning(run.flowId(), old.id());
    }
}
