package dev.weft.flow.lifecycle;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.event.Outgoing;
import dev.weft.common.problem.ProblemException;
import dev.weft.flow.flow.Flow;
import dev.weft.flow.flow.FlowChangeService;
import dev.weft.flow.flow.FlowChangeService.Change;
import dev.weft.flow.flow.FlowMessages;
import dev.weft.flow.flow.QueueQuota;
import dev.weft.flow.reference.GraphCheckService;
import dev.weft.flow.reference.GraphCheckService.CheckedGraph;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/**
 * Accepts wishes to start, stop, suspend or run a flow. The wanted status and the command are stored in one write, and
 * execution-service carries out the last command (engine.md 7).
 */
@Service
class LifecycleService {

    private final FlowChangeService changes;
    private final GraphCheckService graphs;
    private final FlowMessages messages;
    private final DueExecution dueExecution;
    private final QueueQuota quota;
    private final Clock clock;

    LifecycleService(
            FlowChangeService changes,
            GraphCheckService graphs,
            FlowMessages messages,
            DueExecution dueExecution,
            QueueQuota quota,
            Clock clock) {
        this.quota = quota;
        this.changes = changes;
        this.graphs = graphs;
        this.messages = messages;
        this.dueExecution = dueExecution;
        this.clock = clock;
    }

    /** Starts the latest version, also of a suspended flow; what it lacks refuses. */
    Flow start(Caller caller, String id) {
        var found = changes.getToWrite(caller, id, Permission.WORKSPACES_FLOW_TOGGLE_STATUS);
        return changes.change(found, flow -> {
            // Truncated because the store keeps milliseconds: this answer and later reads must agree.
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            var due = dueExecution.after(now, flow.content()).orElse(null);
            // Decided before the registry is asked: a start of a running flow is refused for that, whatever else is
            // wrong.
            var started = granted(flow.start(now, due));
            var limits = quota.requireRoom(flow, started);
            var checked = ready(caller, flow);
            return new Change(started, List.of(messages.start(started, checked, caller.id())), limits);
        });
    }

    private CheckedGraph ready(Caller caller, Flow flow) {
        var content = flow.content();
        var checked = graphs.resolve(caller, flow.place().workspaceId(), content.graph());
        graphs.requireReady(caller, flow.place().workspaceId(), checked, content.cron());
        return checked;
    }

    /** Stops an active or suspended flow; what is queued is dropped. */
    void stop(Caller caller, String id) {
        wish(caller, id, Flow::stop, (_, flow) -> messages.stop(flow, caller.id()));
    }

    /** Stops an active flow for a while; what is queued stays. */
    Flow suspend(Caller caller, String id) {
        return wish(caller, id, Flow::suspend, (running, flow) -> messages.suspend(running, flow, caller.id()));
    }

    /** Fires the trigger of an active polling flow. */
    Flow runNow(Caller caller, String id) {
        return wish(caller, id, Flow::runNow, (_, flow) -> messages.runNow(flow, caller.id()));
    }

    /** @param command of the flow before and with the wish */
    private Flow wish(
            Caller caller, String id, Function<Flow, Flow.Wish> decide, BiFunction<Flow, Flow, Outgoing> command) {
        var found = changes.getToWrite(caller, id, Permission.WORKSPACES_FLOW_TOGGLE_STATUS);
        return changes.change(found, flow -> {
            var next = granted(decide.apply(flow));
            return new Change(next, List.of(command.apply(flow, next)));
        });
    }

    private static Flow granted(Flow.Wish wish) {
        return switch (wish) {
            case Flow.Wish.Granted(var flow) -> flow;
            case Flow.Wish.Refused(var why) -> throw new ProblemException(why);
        };
    }
}
