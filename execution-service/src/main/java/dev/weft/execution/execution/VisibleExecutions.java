package dev.weft.execution.execution;

import dev.weft.common.access.Caller;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import org.springframework.stereotype.Service;

/**
 * Finds executions for a caller: one of another tenant does not exist for him (404). What the caller may do with it is
 * checked elsewhere.
 */
@Service
public class VisibleExecutions {

    private final MongoExecutionStore store;

    public VisibleExecutions(MongoExecutionStore store) {
        this.store = store;
    }

    public Execution get(Caller caller, String id) {
        if (!Ids.isExecution(id)) {
            throw Problem.notFound("execution", id).exception();
        }
        return store.find(id)
                .filter(execution -> caller.sees(execution.tenantId))
                .orElseThrow(() -> Problem.notFound("execution", id).exception());
    }
}
