package dev.weft.execution.errorinbox;

import dev.weft.execution.plan.Plan;
import java.util.Optional;

/** Finds the version in force of a flow that takes messages. */
@FunctionalInterface
public interface RunningVersions {

    /** Empty while the flow is not active. */
    Optional<Plan> plan(String flowId);
}
