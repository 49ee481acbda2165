package dev.weft.bench.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents by which flows are made and changed. */
final class FlowDocuments {

    private FlowDocuments() {}

    /** The edges between nodes that stand one behind the other. */
    static List<Map<String, Object>> chain(List<Map<String, Object>> nodes) {
        var edges = new ArrayList<Map<String, Object>>();
        for (var i = 1; i < nodes.size(); i++) {
            edges.add(Map.of(
                    "source", nodes.get(i - 1).get("id"), "target", nodes.get(i).get("id")));
        }
        return edges;
    }

    static Map<String, Object> creation(
            String name,
            String workspaceId,
            List<Map<String, Object>> nodes,
            List<Map<String, Object>> edges,
            Map<String, Object> moreAttributes) {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("name", name);
        attributes.put("type", "ordinary");
        attributes.put("default_mapper_type", "jsonata");
        attributes.put("graph", Map.of("nodes", nodes, "edges", edges));
        attributes.putAll(moreAttributes);
        var workspace = Map.of("data", Map.of("type", "workspace", "id", workspaceId));
        return Map.of(
                "data",
                Map.of("type", "flow", "attributes", attributes, "relationships", Map.of("workspace", workspace)));
    }

    static Map<String, Object> change(String flow, List<Map<String, Object>> nodes, List<Map<String, Object>> edges) {
        var attributes = Map.of("graph", Map.of("nodes", nodes, "edges", edges));
        return Map.of("data", Map.of("type", "flow", "id", flow, "attributes", attributes));
    }
}
