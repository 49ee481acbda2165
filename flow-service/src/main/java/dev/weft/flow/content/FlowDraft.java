package dev.weft.flow.content;

import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.NodesConfig;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The unpublished next content of a flow; its graph need not be complete.
 *
 * @param user    who edited it last
 * @param edition counts its changes
 */
public record FlowDraft(
        String id,
        String user,
        String name,
        @Nullable String description,
        Graph graph,
        NodesConfig nodesConfig,
        @Nullable String cron,
        boolean statsEnabled,
        Instant createdAt,
        Instant updatedAt,
        long edition) {

    public FlowDraft with(Graph other) {
        return new FlowDraft(
                id, user, name, description, other, nodesConfig, cron, statsEnabled, createdAt, updatedAt, edition + 1);
    }
}
