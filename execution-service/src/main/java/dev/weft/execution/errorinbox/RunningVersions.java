package dev.weft.execution.errorinbox;

import dev.weft.execution.plan.Plan;
import java.util.Optional;

/** The version in force of flows that take messages. */
@FunctionalInterface
public interface RunningVersions {

    /** Empty while the flow is not active. */
    Optional<Plan> plan(String flowId);
}
