package dev.weft.execution.run;

import dev.weft.execution.plan.Plan;

/** Counts what no step of a run has begun. */
@FunctionalInterface
public interface QueuedMessages {

    /** In the queues, or taken ahead by any process. */
    long of(Plan plan);
}
