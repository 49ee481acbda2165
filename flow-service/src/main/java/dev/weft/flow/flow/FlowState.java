package dev.weft.flow.flow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a flow and how far that is.
 *
 * @param wish       counts everything that execution-service was told about the flow
 * @param statusWish the wish that last changed the wanted status; news about older ones is void
 */
public record FlowState(
        FlowStatus status,
        CurrentStatus current,
        long wish,
        long statusWish,
        @Nullable Instant lastStart,
        @Nullable Instant dueExecution) {

    public static final FlowState NEW = new FlowState(FlowStatus.INACTIVE, CurrentStatus.INACTIVE, 0, 0, null, null);

    public boolean isInactive() {
        return status == FlowStatus.INACTIVE && current == CurrentStatus.INACTIVE;
    }

    /** Another thing to tell, the wanted status as before. */
    FlowState told() {
        return new FlowState(status, current, wish + 1, statusWish, lastStart, dueExecution);
    }

    FlowState started(Instant now, @Nullable Instant due) {
        return new FlowState(FlowStatus.ACTIVE, CurrentStatus.STARTING, wish + 1, wish + 1, now, due);
    }

    FlowState stopped() {
        return new FlowState(FlowStatus.INACTIVE, CurrentStatus.STOPPING, wish + 1, wish + 1, lastStart, null);
    }

    FlowState suspended() {
        return new FlowState(FlowStatus.SUSPENDED, CurrentStatus.SUSPENDING, wish + 1, wish + 1, lastStart, null);
    }
}
