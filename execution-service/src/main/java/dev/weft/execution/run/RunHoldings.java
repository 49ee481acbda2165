package dev.weft.execution.run;

import dev.weft.execution.hop.QueueLoad;
import java.util.Map;
import java.util.Optional;

/** Asks what processes have of a run. */
@FunctionalInterface
public interface RunHoldings {

    /**
     * By queue, of all processes together, those included that end their work.
     *
     * @return empty when a process that may have some has not answered: then nobody knows
     */
    Optional<Map<String, QueueLoad>> of(FlowRun flow, String runId);
}
