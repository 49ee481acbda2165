package dev.weft.flow.content;

import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.NodesConfig;
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

    /** Whether a flow that runs must be told of the difference. */
    public boolean runsLike(FlowContent other) {
        return graph.equals(other.graph)
                && nodesConfig.equals(other.nodesConfig)
                && java.util.Objects.equals(cron, other.cron);
    }
}
