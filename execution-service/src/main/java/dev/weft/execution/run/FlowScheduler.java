package dev.weft.execution.run;

import dev.weft.common.id.Ids;
import dev.weft.common.messaging.OutboxRelay;
import dev.weft.common.mongo.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Fires what is due; one replica at a time holds the lease. The message is confirmed before the next due instant is
 * stored, so that a crash in between repeats a firing, under the same execution, and never loses one.
 */
@Service
class FlowScheduler {

    private static final Logger log = LoggerFactory.getLogger(FlowScheduler.class);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 200;

    private final FlowRuns runs;
    private final FlowClock flowClock;
    private final Definitions definitions;
    private final FlowStateFacts facts;
    private final OutboxRelay relay;
    private final Leases leases;
    private final Clock clock;
    private final String holder;

    FlowScheduler(
            FlowRuns runs,
            FlowClock flowClock,
            Definitions definitions,
            FlowStateFacts facts,
            OutboxRelay relay,
            Leases leases,
            Clock clock,
            Ids ids) {
        this.runs = runs;
        this.flowClock = flowClock;
        this.definitions = definitions;
        this.facts = facts;
        this.relay = relay;
        this.leases = leases;
        this.clock = clock;
        this.holder = ids.nextHex32();
    }

    @Scheduled(fixedDelay = 500, initialDelay = 3000)
    void tick() {
        if (!leases.hold("flow-clock", holder, LEASE)) {
            return;
        }
        for (var flow : runs.due(clock.instant(), AT_ONCE)) {
            try {
                runs.find(flow).ifPresent(this::fire);
            } catch (RuntimeException e) {
                // One flow that can not fire now must not keep the others; it is due again with the next tick.
                log.warn("Flow {} could not fire yet", flow, e);
            }
        }
    }

    private void fire(FlowRun run) {
        var due = run.due();
        if (due == null || !run.state().isOpen() || due.isAfter(clock.instant())) {
            return;
        }
        flowClock.fire(run, due);
        var definition = definitions.read(Objects.requireNonNull(run.current()).definition());
        // Instants missed while nothing ran are one firing: the next is after now.
        var next = flowClock.next(definition, due).orElse(null);
        var moved = run.due(next);
        if (runs.save(moved.announcing(facts.stateChanged(moved)))) {
            relay.relay(FlowRuns.COLLECTION, run.flowId());
        }
    }
}
