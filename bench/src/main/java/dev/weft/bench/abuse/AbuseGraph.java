package dev.weft.bench.abuse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parts of the graphs of flows. */
final class AbuseGraph {

    static final Map<String, Object> TRIGGER = Map.of("id", "trigger", "command", "weft/webhook:receive");

    private AbuseGraph() {}

    static Map<String, Object> step(String id, String command, Map<String, Object> fields) {
        return Map.of("id", id, "command", command, "fields", fields);
    }

    static Map<String, Object> edge(String source, String target) {
        return Map.of("source", source, "target", target);
    }

    static Map<String, Object> mapper(String id, String expression) {
        return step(id, "weft/mapper:map", Map.of("expression", expression));
    }

    /** The edges between nodes that stand one behind the other. */
    static List<Map<String, Object>> chain(List<Map<String, Object>> nodes) {
        var edges = new ArrayList<Map<String, Object>>();
        for (var i = 1; i < nodes.size(); i++) {
            edges.add(edge(
                    String.valueOf(nodes.get(i - 1).get("id")),
                    String.valueOf(nodes.get(i).get("id"))));
        }
        return edges;
    }
}
