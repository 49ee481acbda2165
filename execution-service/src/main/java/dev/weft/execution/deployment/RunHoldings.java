package dev.weft.execution.deployment;

import dev.weft.execution.consumer.QueueLoad;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks all processes which messages of runs and executions they hold. */
public interface RunHoldings {

    /**
     * By queue, of all processes together, those included that end their work.
     *
     * @return empty when a process that may have some has not answered: then nobody knows
     */
    Optional<Map<String, QueueLoad>> of(Deployment flow, String runId);

    /**
     * Which of these executions of the flow some process may have messages of.
     *
     * @return empty when a process has not answered, or is of a release that can not say
     */
    Optional<Set<String>> holding(Deployment flow, Set<String> executions);

    /**
     * The same of whoever takes from the broker: a process that can not reach the store is no longer known by it, and holds
     * messages all the same. It takes as long as a process may need for its answer.
     */
    Optional<Set<String>> heldByAnyone(Deployment flow, Set<String> executions);
}
