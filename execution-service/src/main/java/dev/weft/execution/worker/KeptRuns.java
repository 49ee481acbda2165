package dev.weft.execution.worker;

import dev.weft.execution.plan.Plan;
import java.util.Optional;

/** Finds runs in the flows' documents, whether this process works for them or not. */
public interface KeptRuns {

    /** A run whose queues are kept, also of a flow that is suspended. */
    Optional<Plan> find(String flowId, String runId);

    /** The version of a flow that takes messages, or keeps them until it does; empty when what it had is dropped. */
    Optional<Plan> lasting(String flowId);
}
