package dev.weft.execution.run;

import dev.weft.common.duty.RareLines;
import dev.weft.common.messaging.OutboxRelay;
import dev.weft.execution.execution.FlowHistory;
import dev.weft.execution.queue.FlowTopology;
import dev.weft.execution.run.FlowRun.Fate;
import dev.weft.execution.run.FlowRun.State;
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

    private final FlowRuns runs;
    private final FlowCarrier carrier;
    private final RunTakedown takedown;
    private final FlowHistory history;
    private final FlowStateFacts facts;
    private final OutboxRelay relay;
    private final Clock clock;
    private final RareLines lines = new RareLines(LoggerFactory.getLogger(FlowSweeper.class));
    private volatile int draining;

    FlowSweeper(
            FlowRuns runs,
            FlowCarrier carrier,
            RunTakedown takedown,
            FlowHistory history,
            FlowStateFacts facts,
            OutboxRelay relay,
            Clock clock) {
        this.runs = runs;
        this.carrier = carrier;
        this.takedown = takedown;
        this.history = history;
        this.facts = facts;
        this.relay = relay;
        this.clock = clock;
    }

    /** None waits for another: each goes on a thread of its own. */
    void sweep() {
        runs.pending(clock.instant().minus(LEFT_BEHIND), MOST).forEach(carrier::carryOn);
    }

    /** What was in work at a stop may write its first record after the executions were canceled. */
    void cancelStragglers() {
        for (var flow : runs.withStragglers()) {
            runs.find(flow).ifPresent(this::cancelStragglers);
        }
        runs.forgetDeleted(clock.instant().minus(TOMBSTONE));
    }

    private void cancelStragglers(FlowRun run) {
        if (run.state() == State.DELETED) {
            history.delete(run.flowId());
        } else {
            run.stragglers().forEach(ended -> history.cancelRunning(run.flowId(), ended.run()));
        }
        var now = clock.instant();
        var left = run.stragglers().stream()
                .filter(ended -> ended.until().isAfter(now))
                .toList();
        if (left.size() < run.stragglers().size()) {
            runs.save(run.stragglers(left));
        }
    }

    void endDrainedRuns() {
        var left = 0;
        for (var flow : runs.withDrainingRuns()) {
            try {
                left += runs.find(flow).map(this::endDrained).orElse(0);
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
    private int endDrained(FlowRun run) {
        var left = new ArrayList<RunSpec>();
        for (var old : run.draining()) {
            look(run, old).ifPresent(left::add);
        }
        if (!left.equals(run.draining())) {
            save(run, left);
        }
        return left.size();
    }

    private void save(FlowRun run, List<RunSpec> left) {
        var changed = run.draining(left).announcing(facts.runChanged(run));
        if (changed.queues() < run.queues()) {
            changed = changed.announcing(facts.stateChanged(changed));
        }
        if (runs.save(changed)) {
            relay.relayAndWait(FlowRuns.COLLECTION, run.flowId());
        }
    }

    /** As it is to be from now on; empty when its queues are gone. */
    private Optional<RunSpec> look(FlowRun run, RunSpec old) {
        return switch (old.fate()) {
            case SERVED -> Optional.of(takedown.isDrained(run, old) ? old.to(Fate.ENDING) : old);
            case GIVEN_UP -> takedown.givenUp(run, old) ? Optional.empty() : Optional.of(old);
            case ENDING ->
                switch (takedown.end(run, old)) {
                    case GONE -> Optional.empty();
                    case FOUND -> Optional.of(old.to(Fate.SERVED));
                    case TOO_EARLY -> Optional.of(old);
                };
        };
    }
}
