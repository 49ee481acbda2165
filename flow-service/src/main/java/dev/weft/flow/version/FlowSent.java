package dev.weft.flow.version;

import dev.weft.common.problem.RequestFaults;
import dev.weft.flow.content.FlowType;
import dev.weft.flow.graph.Graph;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members that a client sent to make or change a flow, as far as they could be read; the faults of the rest are
 * reported apart. A member that was not sent is empty.
 *
 * @param description empty inside for null, likewise {@code cron}
 * @param nodesConfig as plain JSON values: what it means depends on the flow it changes
 * @param faults      to which the use case adds what it finds, before it refuses with all of them
 */
public record FlowSent(
        Optional<String> name,
        Optional<Optional<String>> description,
        Optional<FlowType> type,
        Optional<Graph> graph,
        Optional<Optional<String>> cron,
        Optional<SentSettings> nodesConfig,
        Optional<Boolean> statsEnabled,
        RequestFaults faults) {

    /** A JSON value of any kind. */
    public record SentSettings(@Nullable Object value) {}

    /** Whether nothing was sent that a flow takes. */
    public boolean isEmpty() {
        return name.isEmpty()
                && description.isEmpty()
                && type.isEmpty()
                && graph.isEmpty()
                && cron.isEmpty()
                && nodesConfig.isEmpty()
                && statsEnabled.isEmpty();
    }
}
