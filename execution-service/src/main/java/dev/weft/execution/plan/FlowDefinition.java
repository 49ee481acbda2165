package dev.weft.execution.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flow and one version of it as flow-service sends them with {@code flow.start} and {@code flow.update}: frozen and
 * complete, so that running it asks no other service.
 *
 * @param variables flow variables, text by name
 */
public record FlowDefinition(
        Flow flow, Version version, @Nullable Map<String, String> variables) {

    /** {@code {"id","name","type","user_id","workspace_id","contract_id","tenant_id","stats_enabled","cron","wish"}}. */
    public record Flow(
            String id,
            String name,
            String type,
            String userId,
            String workspaceId,
            String contractId,
            String tenantId,
            boolean statsEnabled,
            @Nullable String cron,
            long wish) {}

    /** {@code {"id":40 hex,"graph":{"nodes","edges"},"nodes_config":{step:{..}},"cron"}}. */
    public record Version(
            String id,
            Graph graph,
            @Nullable Map<String, StepConfig> nodesConfig,
            @Nullable String cron) {}

    /** Nodes and edges. */
    public record Graph(List<Node> nodes, List<Edge> edges) {}

    /**
     * A node of the graph with what the registry knows of its component.
     *
     * @param kind    {@code trigger} or {@code action}
     * @param polling a trigger that fires by time
     * @param error   the error handler
     */
    public record Node(
            String id,
            String command,
            String componentId,
            String revision,
            String kind,
            @Nullable Boolean polling,
            @Nullable Boolean error,
            @Nullable String service,
            @Nullable Map<String, Object> fields,
            @Nullable String credentialsId,
            @Nullable String secretId) {}

    /** An edge; {@code source} is absent on one into the error handler. */
    public record Edge(
            @Nullable String id,
            @Nullable String source,
            String target,
            @Nullable EdgeConfig config) {}

    /** {@code {"mapper":{..},"mapper_type","condition"}}. */
    public record EdgeConfig(
            @Nullable Map<String, Object> mapper, @Nullable String condition) {}

    /** One entry of {@code nodes_config} (api-v2 9.3). */
    public record StepConfig(
            @Nullable Integer prefetch,
            @Nullable Integer replicas,
            @Nullable Passthrough passthrough,
            @Nullable String logLevel) {}

    /** {@code {"disabled"}}. */
    public record Passthrough(@Nullable Boolean disabled) {}
}
