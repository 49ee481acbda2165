package dev.weft.execution.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationContext;

/**
 * An execution as tests of other features look at it.
 *
 * @param errors  states by id
 * @param sending a retry's message is noted and not sent
 */
public record KeptExecution(String id, String status, int messages, Map<String, String> errors, boolean sending) {

    public static Optional<KeptExecution> find(ApplicationContext service, String id) {
        return service.getBean(MongoExecutionStore.class).find(id).map(KeptExecution::of);
    }

    private static KeptExecution of(Execution execution) {
        var errors = new LinkedHashMap<String, String>();
        execution.errors.forEach((id, error) -> errors.put(id, error.state().name()));
        return new KeptExecution(
                execution.id, execution.status().name(), execution.messages(), errors, !execution.resends.isEmpty());
    }
}
