package dev.weft.flow.flow;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.event.Outgoing;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.flow.quota.RunLimits;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds flows for a caller, and changes each flow by one change at a time, however many replicas try. */
@Service
public class FlowChangeService {

    /** Losing this often in a row means that someone changes the flow without pause. */
    private static final int ATTEMPTS = 20;

    private final FlowRepository flows;
    private final QueueQuota quota;
    private final AccessClient access;

    FlowChangeService(FlowRepository flows, QueueQuota quota, AccessClient access) {
        this.flows = flows;
        this.quota = quota;
        this.access = access;
    }

    /**
     * A changed flow with the messages about the change.
     *
     * @param limits of what runs, if they were asked for already
     */
    public record Change(
            Flow flow, List<Outgoing> messages, @Nullable RunLimits limits) {

        public Change(Flow flow, List<Outgoing> messages) {
            this(flow, messages, null);
        }
    }

    /** The flow, for a member of its workspace. */
    public Flow getToRead(Caller caller, String id) {
        var flow = get(caller, id);
        access.requireMember(caller, flow.place().workspace());
        return flow;
    }

    /** The flow, for someone who may do this to it. */
    public Flow getToWrite(Caller caller, String id, Permission permission) {
        var flow = get(caller, id);
        access.require(caller, permission, flow.place().workspace());
        return flow;
    }

    private Flow get(Caller caller, String id) {
        // A flow of another tenant is not found (404): a 403 would tell that it exists.
        return flows.find(id)
                .filter(flow -> caller.sees(flow.place().tenantId()))
                .orElseThrow(() -> notFound(id));
    }

    /**
     * Stores what {@code decide} makes of the flow; it is asked again, with the flow as it is by then, when someone else
     * was faster. The same flow without messages means that nothing changes.
     */
    @OpenToAll("asked after the permission was checked")
    public Flow change(Flow from, Function<Flow, Change> decide) {
        var flow = from;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var change = decide.apply(flow);
            // Nothing is written then, so a change without effect moves neither the revision nor the flow's place in
            // lists.
            if (change.flow().equals(flow) && change.messages().isEmpty()) {
                return flow;
            }
            if (quota.store(flow, change, () -> flows.replace(change.flow(), change.messages()))) {
                return change.flow();
            }
            flow = flows.find(from.id()).orElseThrow(() -> notFound(from.id()));
        }
        throw Problem.of(ProblemCode.CONFLICT, "The flow is being changed by others all the time.")
                .exception();
    }

    private static RuntimeException notFound(String id) {
        return Problem.notFound("flow", id).exception();
    }
}
