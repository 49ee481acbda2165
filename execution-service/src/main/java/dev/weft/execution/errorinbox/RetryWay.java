package dev.weft.execution.errorinbox;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.execution.errorinbox.FailedMessages.Input;
import dev.weft.execution.plan.Plan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a failed message goes again: to its step or, if it failed at an edge, over that edge, with the condition and
 * mapping of the version that runs now.
 *
 * @param edge {@code source>target}
 */
record RetryWay(
        String stepId, @Nullable String source, @Nullable String edge) {

    static RetryWay of(Input input, String stepId) {
        return new RetryWay(stepId, text(input, FlowHeaders.STEP_ID), text(input, FlowHeaders.EDGE));
    }

    /**
     * What a version lacks of it, as a sentence. A message that failed at an edge is its source's: without the edge nobody
     * can say what its target should get.
     */
    Optional<String> missing(Plan plan) {
        if (plan.find(stepId).isEmpty()) {
            return Optional.of("The running version has no step " + stepId + ".");
        }
        if (edge != null && plan.findEdge(source, edge).isEmpty()) {
            return Optional.of("The running version has no edge from " + source + " to " + stepId + ".");
        }
        return Optional.empty();
    }

    private static @Nullable String text(Input input, String header) {
        var value = input.headers().get(header);
        return value == null ? null : value.toString();
    }
}
