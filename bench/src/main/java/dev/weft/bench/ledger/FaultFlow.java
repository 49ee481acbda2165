package dev.weft.bench.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The kinds of flows under which parts die. Each ends in calls of the sink, whose bodies {@code {"id": "12/a"}} name an
 * effect: which call it belongs to, and which of its effects it is.
 */
public enum FaultFlow {
    PLAIN,
    /** One call of the sink at a time, in order. */
    ORDERED,
    FANOUT,
    SPLITTER,
    CODE,
    /** Two steps with queues of their own. */
    CHAIN,
    /** A step that fails, and the error handler that tells of it. */
    HANDLER,
    TIMER;

    private static final int PARTS = 5;

    public List<Map<String, Object>> nodes(String sink) {
        var nodes = new ArrayList<Map<String, Object>>();
        nodes.add(
                this == TIMER
                        ? node("trigger", "weft/timer:timer", Map.of("interval", "minute"))
                        : node("trigger", "weft/webhook:receive", Map.of()));
        switch (this) {
            case PLAIN -> {
                nodes.add(node("step", "weft/mapper:map", Map.of("expression", "{\"id\": id}")));
                nodes.add(call("out", sink, "{\"id\": id}"));
            }
            case ORDERED -> nodes.add(call("out", sink, "{\"id\": id}"));
            case FANOUT -> {
                nodes.add(call("out", sink, "{\"id\": id & \"/a\"}"));
                nodes.add(call("other", sink, "{\"id\": id & \"/b\"}"));
            }
            case SPLITTER -> {
                nodes.add(node("step", "weft/splitter:split", Map.of("expression", "parts")));
                nodes.add(call("out", sink, "{\"id\": id}"));
            }
            case CODE -> {
                var code = "async function run(msg) { await this.emit('data', {body: {id: msg.body.id}}); }";
                nodes.add(node("step", "weft/code:execute", Map.of("code", code)));
                nodes.add(call("out", sink, "{\"id\": id}"));
            }
            case CHAIN -> {
                nodes.add(call("step", sink, "{\"id\": id & \"/1\"}"));
                nodes.add(call("out", sink, "{\"id\": elasticio.trigger.body.id & \"/2\"}"));
            }
            case HANDLER -> {
                nodes.add(node("step", "weft/mapper:map", Map.of("expression", "$error(\"refused \" & id)")));
                nodes.add(handler(call("out", sink, "{\"id\": errorInput.body.id}")));
            }
            case TIMER -> nodes.add(call("out", sink, "{\"id\": fireTime}"));
        }
        return nodes;
    }

    public List<Map<String, Object>> edges() {
        return switch (this) {
            case PLAIN, SPLITTER, CODE, CHAIN -> List.of(edge("trigger", "step"), edge("step", "out"));
            case HANDLER -> List.of(edge("trigger", "step"));
            case FANOUT -> List.of(edge("trigger", "out"), edge("trigger", "other"));
            case ORDERED, TIMER -> List.of(edge("trigger", "out"));
        };
    }

    public Map<String, Object> more() {
        var wide = Map.of("prefetch", 16);
        return switch (this) {
            case FANOUT -> Map.of("nodes_config", Map.of("out", wide, "other", wide));
            case PLAIN, SPLITTER, CODE, HANDLER -> Map.of("nodes_config", Map.of("out", wide));
            case CHAIN -> Map.of("nodes_config", Map.of("step", wide, "out", wide));
            case ORDERED -> Map.of();
            case TIMER -> Map.of("cron", "* * * * *");
        };
    }

    /** The body of a webhook call. */
    public Map<String, Object> body(int call) {
        return this == SPLITTER
                ? Map.of(
                        "parts",
                        effects(call).stream().map(id -> Map.of("id", id)).toList())
                : Map.of("id", Integer.toString(call));
    }

    /** What a call must bring about. */
    public List<String> effects(int call) {
        return switch (this) {
            case PLAIN, ORDERED, CODE, HANDLER, TIMER -> List.of(Integer.toString(call));
            case CHAIN -> List.of(call + "/1", call + "/2");
            case FANOUT -> List.of(call + "/a", call + "/b");
            case SPLITTER ->
                IntStream.range(0, PARTS).mapToObj(part -> call + "/" + part).toList();
        };
    }

    /** Whether calls of its webhook make it work. */
    public boolean isCalled() {
        return this != TIMER;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> call(String id, String sink, String body) {
        return node(id, "weft/http:request", Map.of("method", "POST", "url", sink, "body", body));
    }

    private static Map<String, Object> handler(Map<String, Object> node) {
        var handler = new HashMap<>(node);
        handler.put("error", true);
        return handler;
    }

    private static Map<String, Object> node(String id, String command, Map<String, Object> fields) {
        return Map.of("id", id, "command", command, "fields", fields);
    }

    private static Map<String, Object> edge(String source, String target) {
        return Map.of("source", source, "target", target);
    }
}
