package dev.weft.execution.hop;

import dev.weft.execution.plan.Plan;
import java.util.Optional;

/** Runs as the flows' documents have them, whether this process works for them or not. */
public interface KeptRuns {

    /** A run whose queues are kept, also of a flow that is suspended. */
    Optional<Plan> find(String flowId, String runId);

    /** The version in force of a flow that takes messages. */
    Optional<Plan> inForce(String flowId);
}
