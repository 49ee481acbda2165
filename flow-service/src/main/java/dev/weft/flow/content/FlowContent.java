package dev.weft.flow.content;

import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.NodesConfig;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of a flow: what a version freezes.
 *
 * @param cron    five fields; the times at which a polling flow fires
 * @param polling whether its first step is a trigger that fires by time
 */
public record FlowContent(
        String name,
        @Nullable String description,
        FlowType type,
        Graph graph,
        NodesConfig nodesConfig,
        @Nullable String cron,
        boolean statsEnabled,
        boolean polling) {

    /** How many containers a run of it has. */
    public long containers() {
        return graph.foreignSteps().mapToLong(nodesConfig::replicas).sum();
    }

    /**
     * Whether a flow that runs need not be told of the difference. Whether its messages are recorded is told: who turns
     * that off means from now on, and not from the next start (api-v2 9.4).
     */
    public boolean runsLike(FlowContent other) {
        return graph.equals(other.graph)
                && nodesConfig.equals(other.nodesConfig)
                && Objects.equals(cron, other.cron)
                && statsEnabled == other.statsEnabled;
    }
}
