package dev.weft.execution.worker;

import dev.weft.execution.plan.Plan;

/** Makes known how much of a run is unfinished. */
interface BacklogFacts {

    void tell(Plan plan, long count);
}
