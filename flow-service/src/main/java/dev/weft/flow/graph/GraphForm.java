package dev.weft.flow.graph;

import dev.weft.flow.graph.Graph.GraphEdge;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A graph as plain JSON values, in the shape of api-v2 9.2 and 14.2. */
public final class GraphForm {

    private GraphForm() {}

    /** With the ids of components, as flows show it. */
    public static Map<String, Object> withComponents(Graph graph) {
        return form(graph, true);
    }

    /** Without them, as versions and drafts show it. */
    public static Map<String, Object> of(Graph graph) {
        return form(graph, false);
    }

    private static Map<String, Object> form(Graph graph, boolean components) {
        var form = new LinkedHashMap<String, Object>();
        form.put(
                "nodes",
                graph.nodes().stream().map(node -> node(node, components)).toList());
        form.put("edges", graph.edges().stream().map(GraphForm::edge).toList());
        return form;
    }

    private static Map<String, Object> node(GraphNode node, boolean components) {
        var form = new LinkedHashMap<String, Object>();
        form.put("id", node.id());
        put(form, "component_id", components ? node.componentId() : null);
        put(form, "command", node.command());
        form.put("name", node.name());
        form.put("description", node.description());
        put(form, "fields", node.fields().isEmpty() ? null : node.fields());
        put(form, "credentials_id", node.credentialsId());
        put(form, "secret_id", node.secretId());
        put(form, "vpn_agent_id", node.vpnAgentId());
        put(form, "selected_data_samples", node.selectedDataSamples().isEmpty() ? null : node.selectedDataSamples());
        put(form, "error", node.error() ? true : null);
        return form;
    }

    /** An edge; without {@code config} when it neither maps nor asks. */
    public static Map<String, Object> edge(GraphEdge edge) {
        var form = new LinkedHashMap<String, Object>();
        form.put("id", edge.id());
        if (!edge.isPlain()) {
            var config = new LinkedHashMap<String, @Nullable Object>();
            config.put("mapper_type", "jsonata");
            config.put("condition", edge.condition());
            config.put("mapper", edge.mapper());
            form.put("config", config);
        }
        put(form, "source", edge.source());
        form.put("target", edge.target());
        return form;
    }

    private static void put(Map<String, Object> form, String name, @Nullable Object value) {
        if (value != null) {
            form.put(name, value);
        }
    }
}
