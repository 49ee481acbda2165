package dev.weft.flow.content;

import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.NodesConfig;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A content of a flow as it was published; it never changes. */
public record FlowVersion(
        String id,
        String flowId,
        long number,
        String name,
        @Nullable String description,
        Graph graph,
        NodesConfig nodesConfig,
        @Nullable String cron,
        String user,
        Instant createdAt) {}
