package dev.weft.execution.execution;

import dev.weft.common.access.Caller;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import org.springframework.stereotype.Service;

/** Executions as a tenant sees them: those of others are not there (404). What may be done with one is asked next. */
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
