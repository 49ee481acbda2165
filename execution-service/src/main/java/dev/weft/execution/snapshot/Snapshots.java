package dev.weft.execution.snapshot;

import org.jspecify.annotations.Nullable;

/** Keeps what steps remember. With several messages of a step in work at once the last writer wins. */
public interface Snapshots {

    /** Plain values; null when the step has stored none. */
    @Nullable
    Object find(String flowId, String stepId);

    /**
     * Durable when it returns.
     *
     * @param merge shallow, into what is stored
     * @throws dev.weft.execution.step.StepFailure when it is too large
     */
    void store(String flowId, String stepId, @Nullable Object value, boolean merge);
}
