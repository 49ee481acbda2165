package dev.weft.flow.flow;

import dev.weft.flow.flow.Flow.FlowStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a flow, and how far execution-service has carried it out.
 *
 * @param wish       counts everything that execution-service was told about the flow
 * @param statusWish the number of the wish that last changed the wanted status; news about older ones is ignored
 * @param runs       the version that it was told to run, and its queues; meaningless while the flow is inactive
 */
public record FlowState(
        FlowStatus status,
        CurrentStatus current,
        long wish,
        long statusWish,
        @Nullable Instant lastStart,
        @Nullable Instant dueExecution,
        RunQueues runs) {

    public static final FlowState NEW =
            new FlowState(FlowStatus.INACTIVE, CurrentStatus.INACTIVE, 0, 0, null, null, RunQueues.NONE);

    public boolean isInactive() {
        return status == FlowStatus.INACTIVE && current == CurrentStatus.INACTIVE;
    }

    /**
     * How many queues it has or is to have, those of older versions that still end their work among them; none once it is
     * known to have stopped.
     */
    long queues() {
        return isInactive() ? 0 : runs.count();
    }

    /** How many containers it has or is to have; none once it is known to have stopped. */
    long containers() {
        return isInactive() ? 0 : runs.containers();
    }

    /** Another thing to tell, the wanted status as before. */
    FlowState told() {
        return updated(runs);
    }

    /** Told to run another version beside those that still end their work. */
    FlowState updated(RunQueues all) {
        return new FlowState(status, current, wish + 1, statusWish, lastStart, dueExecution, all);
    }

    FlowState started(Instant now, @Nullable Instant due, RunQueues all) {
        return new FlowState(FlowStatus.ACTIVE, CurrentStatus.STARTING, wish + 1, wish + 1, now, due, all);
    }

    FlowState stopped() {
        return new FlowState(FlowStatus.INACTIVE, CurrentStatus.STOPPING, wish + 1, wish + 1, lastStart, null, runs);
    }

    FlowState suspended() {
        return new FlowState(FlowStatus.SUSPENDED, CurrentStatus.SUSPENDING, wish + 1, wish + 1, lastStart, null, runs);
    }
}
