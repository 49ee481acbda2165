package dev.weft.flow;

import dev.weft.common.jsonapi.OddInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Attributes of flows that no client of ours sends: graphs and settings that are odd in one place each. */
final class OddFlows {

    static final Map<String, String> ATTRIBUTES = attributes();

    /** Of a node; for what stands in {@code %s} is told what should. */
    private static final Map<String, String> NODES = Map.ofEntries(
            Map.entry("\"id\":%s", "\"s\""),
            Map.entry("\"id\":\"s\",\"command\":%s", "\"weft/timer:timer\""),
            Map.entry("\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"name\":%s", "\"n\""),
            Map.entry("\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"fields\":%s", "{}"),
            Map.entry("\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"fields\":{\"reply_timeout_ms\":%s}", "5000"),
            Map.entry(
                    "\"id\":\"s\",\"command\":\"weft/timer:timer\",\"fields\":{\"interval\":%s,\"timezone\":%<s}",
                    "\"minute\""),
            Map.entry("\"id\":\"s\",\"command\":\"weft/mapper:map\",\"fields\":{\"expression\":%s}", "\"a\""),
            Map.entry("\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"credentials_id\":%s", "\"c\""),
            Map.entry(
                    "\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"secret_id\":%s,\"vpn_agent_id\":%<s", "\"c\""),
            Map.entry("\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"selected_data_samples\":%s", "[\"a\"]"),
            Map.entry(
                    "\"id\":\"s\",\"command\":\"weft/webhook:receive\",\"error\":%s,\"first\":%<s,\"component_id\":%<s",
                    "true"));

    private static final Map<String, String> EDGES = Map.of(
            "\"source\":%s,\"target\":\"t\"", "\"s\"",
            "\"source\":\"s\",\"target\":%s", "\"t\"",
            "\"source\":\"s\",\"target\":\"t\",\"id\":%s", "\"e\"",
            "\"source\":\"s\",\"target\":\"t\",\"config\":%s", "{}",
            "\"source\":\"s\",\"target\":\"t\",\"config\":{\"mapper\":%s,\"condition\":%<s}", "{}",
            "\"source\":\"s\",\"target\":\"t\",\"config\":{\"mapper\":{\"to\":%s,\"type\":%<s}}", "\"a\"");

    private static final Map<String, String> SETTINGS = Map.of(
            "{\"s\":%s}", "{}",
            "{\"s\":{\"prefetch\":%s}}", "1",
            "{\"s\":{\"replicas\":%s,\"cpu\":%<s}}", "1",
            "{\"s\":{\"%%00\":%s,\"a.b\":%<s}}", "1");

    private static final List<String> GRAPHS = List.of(
            "{\"nodes\":null,\"edges\":null}",
            "{\"nodes\":[],\"edges\":[{}]}",
            "{\"nodes\":[null],\"edges\":[null]}",
            "{\"nodes\":{\"0\":{}},\"edges\":{}}");

    private OddFlows() {}

    private static Map<String, String> attributes() {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("name", "\"x\"");
        attributes.put("description", "\"d\"");
        attributes.put("type", "\"ordinary\"");
        attributes.put("default_mapper_type", "\"jsonata\"");
        attributes.put("cron", "\"* * * * *\"");
        attributes.put("stats_enabled", "true");
        attributes.put("graph", "{\"nodes\":[],\"edges\":[]}");
        attributes.put("nodes_config", "{}");
        return attributes;
    }

    /** Documents of a flow, or a draft, whose graph or settings are odd inside. */
    static List<String> documents(String type, String workspace) {
        var documents = new ArrayList<String>();
        GRAPHS.forEach(graph -> documents.add(document(type, workspace, "\"graph\":" + graph)));
        each(NODES, node -> "\"graph\":{\"nodes\":[{" + node + "}],\"edges\":[]}", type, workspace, documents);
        each(EDGES, edge -> """
                "graph":{"nodes":[{"id":"s","command":"weft/webhook:receive"},{"id":"t","command":"weft/mapper:map"}],"edges":[{%s}]}""".formatted(edge), type, workspace, documents);
        each(SETTINGS, settings -> "\"nodes_config\":" + settings, type, workspace, documents);
        return documents;
    }

    private static void each(
            Map<String, String> patterns,
            UnaryOperator<String> attribute,
            String type,
            String workspace,
            List<String> documents) {
        patterns.forEach((pattern, valid) -> OddInput.insteadOf(valid)
                .forEach(value -> documents.add(document(type, workspace, attribute.apply(pattern.formatted(value))))));
    }

    private static String document(String type, String workspace, String attribute) {
        return """
                {"data":{"type":"%s","attributes":{"name":"x","type":"ordinary","default_mapper_type":"jsonata",%s},
                 "relationships":{"workspace":{"data":{"type":"workspace","id":"%s"}}}}}""".formatted(type, attribute, workspace);
    }
}
