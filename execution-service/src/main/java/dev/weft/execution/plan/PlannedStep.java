package dev.weft.execution.plan;

import dev.weft.execution.step.Step;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a version, compiled and with its queue known.
 *
 * @param work          who does it
 * @param queue         where messages for it are sent
 * @param head          whether the queue is its own, so that messages are sent to it; otherwise it is done in the hop
 *                      that made them
 * @param sendsOn       whether it passes passthrough on (not disabled)
 * @param carried       whether a later expression reads its output, which then travels in the passthrough
 * @param behindHandler it is the error handler or comes after it: its own errors go to no handler
 * @param logLevel      its log lines below this number are dropped
 */
public record PlannedStep(
        String id,
        @Nullable String componentId,
        String component,
        String method,
        PlannedWork work,
        String queue,
        boolean head,
        boolean sendsOn,
        boolean carried,
        boolean behindHandler,
        int logLevel,
        List<PlannedEdge> edges) {

    /** Who does a step's work. */
    public sealed interface PlannedWork {

        /**
         * A built-in function, compiled, which works in this process.
         *
         * @param usesSnapshot whether it is given the snapshot that it stored last
         */
        record Here(Step step, boolean usesSnapshot) implements PlannedWork {}

        /**
         * A process of the component's own works on the step (sailor-runtime).
         *
         * @param queue    from which the process consumes; what it publishes goes to the step's queue
         * @param replicas how many such processes there may be
         */
        record Sailor(String queue, int replicas) implements PlannedWork {}
    }

    /** How long the work on one message may take here; a sailor works elsewhere. */
    public Duration longest() {
        return work instanceof PlannedWork.Here here ? here.step().longest() : Duration.ZERO;
    }
}
