package dev.weft.flow.graph;

import dev.weft.common.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Graphs and functions for tests, written as clients write them. */
public final class Graphs {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    public static final String TWO_STEPS = """
            {"nodes": [{"id": "step_1", "command": "weft/webhook:receive"}, {"id": "step_2", "command": "weft/mapper:map"}],
             "edges": [{"source": "step_1", "target": "step_2", "config": {"mapper": {"to": "result"}}}]}
            """;

    private static final Map<String, StepFunction> FUNCTIONS = Map.of(
            "weft/webhook:receive",
            function("webhook", "receive", true, false, """
                    {"raw": {"kind": "plain", "type": "boolean"},
                     "reply_timeout_ms": {"kind": "plain", "type": "integer", "minimum": 1000, "maximum": 60000},
                     "cors_origins": {"kind": "plain", "type": "array", "format": "origins"}}"""),
            "weft/timer:timer",
            function("timer", "timer", true, true, """
                    {"timezone": {"kind": "plain", "type": "string", "format": "timezone"}, "interval": {"kind": "plain", "type": "string", "enum": ["minute", "5_minutes", "hour", "day"],
                     "required": true, "requiredUnless": "cron"}}"""),
            "weft/mapper:map",
            function("mapper", "map", false, false, "{\"expression\": {\"kind\": \"jsonata\"}}"),
            "weft/filter:filter",
            function("filter", "filter", false, false, "{\"expression\": {\"kind\": \"jsonata\", \"required\": true}}"),
            "weft/http:request",
            function("http", "request", false, false, """
                    {"url": {"kind": "jsonata", "type": "string", "required": true, "literalPrefixes": ["http://", "https://"]},
                     "headers": {"kind": "jsonata", "type": "object"}, "body": {"kind": "jsonata"},
                     "retries": {"kind": "plain", "type": "integer", "minimum": 0, "maximum": 10}}"""),
            "acme/crm:insert",
            new StepFunction(
                    "5a0000000000000000000c01",
                    "a".repeat(40),
                    "acme",
                    "crm",
                    "insert",
                    false,
                    false,
                    Map.of(),
                    true,
                    null));

    private Graphs() {}

    public static Object json(String text) {
        return JSON.readValue(text, Object.class);
    }

    public static Graph graph(String text) {
        return GraphReader.stored(json(text));
    }

    public static Map<String, StepFunction> functions() {
        return FUNCTIONS;
    }

    /** The name of the value, or the part of it, that the fault blames. */
    public static String blamed(Problem fault) {
        return Objects.requireNonNull(fault.source()).name();
    }

    /** What all faults of a graph blame, the way a version is checked. */
    static List<String> faults(String text) {
        var faults = new GraphFaults("");
        var graph = new GraphReader(faults).read(json(text));
        new GraphRules(graph, faults).check();
        new StepRules(graph, FUNCTIONS).check(faults);
        return faults.problems().stream().map(Graphs::blamed).toList();
    }

    private static StepFunction function(
            String component, String method, boolean trigger, boolean polling, String fields) {
        return new StepFunction(
                "5a0000000000000000000c00",
                "b".repeat(40),
                "weft",
                component,
                method,
                trigger,
                polling,
                StepFunction.rules(Map.of("fields", json(fields))),
                false,
                null);
    }
}
