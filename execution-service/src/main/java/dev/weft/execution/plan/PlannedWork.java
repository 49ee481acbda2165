package dev.weft.execution.plan;

import dev.weft.execution.step.Step;

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
