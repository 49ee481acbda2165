package dev.weft.execution.snapshot;

import org.jspecify.annotations.Nullable;

/** The store of snapshots, as JSON texts. */
public interface SnapshotStore {

    /**
     * Null when the step has stored none.
     *
     * @throws dev.weft.execution.step.StepUnavailable while the store is away
     */
    @Nullable
    String find(String flowId, String stepId);

    /**
     * Durable when it returns.
     *
     * @throws dev.weft.execution.step.StepUnavailable while the store is away
     */
    void save(String flowId, String stepId, String json);
}
