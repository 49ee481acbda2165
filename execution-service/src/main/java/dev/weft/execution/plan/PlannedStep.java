package dev.weft.execution.plan;

import dev.weft.execution.step.Step;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a version made ready to work.
 *
 * @param work          who does it
 * @param queue         where messages for it are sent
 * @param head          whether that queue is its own: it is sent its messages rather than done where they were made
 * @param sendsOn       passthrough is not disabled for it
 * @param carried       its output is named by an expression behind it, so it travels in the passthrough
 * @param behindHandler the error handler or behind it: its errors go nowhere else
 * @param logLevel      lines of its own below this number are not kept
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
         * A built-in, made ready, in this process.
         *
         * @param usesSnapshot it is given what it stored last
         */
        record Here(Step step, boolean usesSnapshot) implements PlannedWork {}

        /**
         * A process of the component's own (sailor-runtime).
         *
         * @param queue    which it takes its messages from; what it publishes comes to the step's queue
         * @param replicas how many such processes there may be
         */
        record Sailor(String queue, int replicas) implements PlannedWork {}
    }

    /** How long the work on one message may take here; a sailor works elsewhere. */
    public Duration longest() {
        return work instanceof PlannedWork.Here here ? here.step().longest() : Duration.ZERO;
    }
}
