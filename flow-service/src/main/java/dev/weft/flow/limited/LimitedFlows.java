package dev.weft.flow.limited;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.duty.Duty;
import dev.weft.flow.flow.Flow;
import dev.weft.flow.flow.Flow.FlowStatus;
import dev.weft.flow.flow.FlowChangeService;
import dev.weft.flow.flow.FlowChangeService.Change;
import dev.weft.flow.flow.FlowMessages;
import dev.weft.flow.flow.FlowRepository;
import dev.weft.flow.reference.WorkspaceLookup;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * Stops the flows of limited workspaces some hours after their start; what is queued is dropped, as by every stop. When
 * that was stands in the flow's record, so any replica may do it, after a restart too.
 */
@Service
class LimitedFlows {

    private static final Logger log = LoggerFactory.getLogger(LimitedFlows.class);

    private static final int WORKSPACES_AT_ONCE = 500;
    private static final int FLOWS_AT_ONCE = 500;

    private final WorkspaceTypes types;
    private final StartedFlows running;
    private final FlowRepository flows;
    private final FlowChangeService changes;
    private final FlowMessages messages;
    private final WorkspaceLookup workspaces;
    private final LimitedFlowProperties properties;
    private final Clock clock;

    LimitedFlows(
            WorkspaceTypes types,
            StartedFlows running,
            FlowRepository flows,
            FlowChangeService changes,
            FlowMessages messages,
            WorkspaceLookup workspaces,
            LimitedFlowProperties properties,
            Clock clock) {
        this.types = types;
        this.running = running;
        this.flows = flows;
        this.changes = changes;
        this.messages = messages;
        this.workspaces = workspaces;
        this.properties = properties;
        this.clock = clock;
    }

    @Bean
    Duty limitedFlowsDuty() {
        return Duty.ofService("limited-flows", ofSeconds(15), () -> sweep(clock.instant()))
                .within(ofMinutes(10));
    }

    void sweep(Instant now) {
        var limit = now.minus(properties.limitedFlowLife());
        var limited = new HashMap<String, Boolean>();
        for (var some = types.limited("", WORKSPACES_AT_ONCE);
                !some.isEmpty();
                some = types.limited(some.getLast(), WORKSPACES_AT_ONCE)) {
            running.startedBefore(limit, some, FLOWS_AT_ONCE).forEach(id -> attempt(id, limit, limited));
        }
    }

    private void attempt(String id, Instant limit, Map<String, Boolean> limited) {
        try {
            flows.find(id)
                    // Asked anew: the fact that it is a full one by now may be on its way. The note stays as it is,
                    // since
                    // a newer one may have come after the answer.
                    .filter(flow -> limited.computeIfAbsent(flow.place().workspaceId(), workspaces::isLimited))
                    .ifPresent(flow -> stop(flow, limit));
        } catch (RuntimeException e) {
            // One flow that can not be stopped must not hold up the others; the next sweep looks at it again.
            log.warn("Flow {} of a limited workspace can not be stopped yet: {}", id, e.toString());
        }
    }

    private void stop(Flow found, Instant limit) {
        var stopped = changes.change(found, flow -> isOverdue(flow, limit) ? stopped(flow) : unchanged(flow));
        if (stopped.state().status() == FlowStatus.INACTIVE) {
            log.info(
                    "Flow {} of the limited workspace {} is stopped",
                    found.id(),
                    found.place().workspaceId());
        }
    }

    /** As it is by now: it may have been started anew. */
    private static boolean isOverdue(Flow flow, Instant limit) {
        var start = flow.state().lastStart();
        return start != null && start.isBefore(limit);
    }

    private Change stopped(Flow flow) {
        return switch (flow.stop()) {
            case Flow.Wish.Granted(var next) ->
                new Change(next, List.of(messages.stop(next, null), messages.stoppedAsLimited(next)));
            // It has stopped meanwhile, or has too many unsent messages; the next sweep tries again.
            case Flow.Wish.Refused _ -> unchanged(flow);
        };
    }

    private static Change unchanged(Flow flow) {
        return new Change(flow, List.of());
    }
}
