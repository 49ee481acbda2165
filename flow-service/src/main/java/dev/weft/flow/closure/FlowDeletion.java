package dev.weft.flow.closure;

import dev.weft.flow.flow.Flow;
import dev.weft.flow.flow.FlowMessages;
import dev.weft.flow.flow.FlowRepository;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Hides a deleted flow from everybody and has execution-service end it; its record is kept for a while, see
 * {@link FlowPurge}.
 */
@Service
public class FlowDeletion {

    private final FlowRepository flows;
    private final FlowMessages messages;
    private final Clock clock;

    FlowDeletion(FlowRepository flows, FlowMessages messages, Clock clock) {
        this.flows = flows;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * Returns when the flow is gone, whoever changed it meanwhile, and whoever else deleted it.
     *
     * @param precondition refuses by an exception; asked again of a flow that was changed meanwhile
     */
    public void delete(Flow flow, Consumer<Flow> precondition, @Nullable String actorId) {
        var left = Optional.of(flow);
        // When someone else was faster, the loop ends once the flow is gone: another deletion did it, or the next
        // attempt overrides that change.
        while (left.isPresent() && !hide(left.get(), precondition, actorId)) {
            left = flows.find(flow.id());
        }
    }

    private boolean hide(Flow flow, Consumer<Flow> precondition, @Nullable String actorId) {
        precondition.accept(flow);
        // The deletion gets a wish number of its own: execution-service ignores every older start, however late it
        // arrives.
        var gone = flow.told();
        return flows.delete(
                gone,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                List.of(messages.delete(gone, actorId), messages.deleted(gone, actorId)));
    }
}
