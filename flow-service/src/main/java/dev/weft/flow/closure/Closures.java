package dev.weft.flow.closure;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.deletion.Deletions;
import dev.weft.common.duty.Duty;
import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.flow.flow.Flow;
import dev.weft.flow.flow.FlowChangeService;
import dev.weft.flow.flow.FlowChangeService.Change;
import dev.weft.flow.flow.FlowMessages;
import dev.weft.flow.flow.FlowRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * Stops the flows of a suspended contract. The closure is stored first; then
 * any replica carries out the rest, again and again until nothing is left, so a crash or a repetition does no harm.
 */
@Service
class Closures {

    private static final Logger log = LoggerFactory.getLogger(Closures.class);

    /**
     * How long after the end a closure is looked at still. A request that was permitted before the closure may start or
     * make a flow after the last look; none takes that long.
     */
    private static final Duration LATE_REQUESTS = Duration.ofMinutes(1);

    private final ClosureRepository closures;
    private final FlowRepository flows;
    private final FlowChangeService changes;
    private final Deletions deletions;
    private final FlowMessages messages;
    private final Outbox outbox;
    private final Clock clock;

    Closures(
            ClosureRepository closures,
            FlowRepository flows,
            FlowChangeService changes,
            Deletions deletions,
            FlowMessages messages,
            Outbox outbox,
            Clock clock) {
        this.closures = closures;
        this.flows = flows;
        this.changes = changes;
        this.deletions = deletions;
        this.messages = messages;
        this.outbox = outbox;
        this.clock = clock;
    }

    void close(Closure closure) {
        // Its deletion ends its flows, and may have been heard before: a note of the suspension would be left for ever.
        if (deletions.hasBegun(closure.id())) {
            return;
        }
        closures.begin(closure);
        // Asked again although it is done: then our answer was lost, and is told again.
        if (!closures.tellEndAgain(closure, stopped(closure))) {
            carryOut(closure);
        }
    }

    /** What is stopped stays stopped; the rest runs on. */
    void open(String id, long version) {
        closures.lift(id, version);
    }

    @Bean
    Duty closuresDuty() {
        return Duty.ofService("closures", ofSeconds(1), this::sweep).within(ofMinutes(5));
    }

    void sweep() {
        for (var closure : closures.watched(clock.instant())) {
            try {
                carryOut(closure);
            } catch (RuntimeException e) {
                // One closure that fails must not hold up the others; the next sweep looks at it again.
                log.warn("The suspension of {} can not be carried out yet", closure.id(), e);
            }
        }
    }

    private void carryOut(Closure closure) {
        // The sweep read it a while ago, and it may have been lifted since.
        if (!closures.isInForce(closure)) {
            return;
        }
        var running = flows.notStopped(closure.id());
        running.forEach(flow -> stop(closure, flow));
        // A flow that was told to stop may still run: the end is announced only when all flows have reported that they
        // stopped.
        if (running.isEmpty()) {
            closures.finish(closure, clock.instant().plus(LATE_REQUESTS), List.of(stopped(closure)));
        }
    }

    private Outgoing stopped(Closure closure) {
        return outbox.event(
                Fact.FLOWS_STOPPED_FOR_CONTRACT, closure.version(), closure.place(), closure.id(), null, Map.of());
    }

    private void stop(Closure closure, String flowId) {
        flows.find(flowId)
                .ifPresent(found -> changes.change(
                        found,
                        // Asked again at each attempt: a flow that was started after the end of the suspension must go
                        // on running.
                        flow -> closures.isInForce(closure) ? stopped(closure, flow) : unchanged(flow)));
    }

    private Change stopped(Closure closure, Flow flow) {
        return switch (flow.stop()) {
            case Flow.Wish.Granted(var next) -> new Change(next, List.of(messages.stop(next, closure.actorId())));
            // The flow is stopping already, or has too many unsent messages; the sweep tries again.
            case Flow.Wish.Refused _ -> unchanged(flow);
        };
    }

    private static Change unchanged(Flow flow) {
        return new Change(flow, List.of());
    }
}
