package dev.weft.bench.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The kinds of flows under which parts die. Each ends in calls of the sink, whose bodies {@code {"id": "12/a"}} name an
 * effect: which call it belongs to, and which of its effects it is.
 */
enum FaultFlow {
    PLAIN,
    FANOUT,
    SPLITTER,
    CODE,
    TIMER;

    private static final int PARTS = 5;

    List<Map<String, Object>> nodes(String sink) {
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
            case TIMER -> nodes.add(call("out", sink, "{\"id\": fireTime}"));
        }
        return nodes;
    }

    List<Map<String, Object>> edges() {
        return switch (this) {
            case PLAIN, SPLITTER, CODE -> List.of(edge("trigger", "step"), edge("step", "out"));
            case FANOUT -> List.of(edge("trigger", "out"), edge("trigger", "other"));
            case TIMER -> List.of(edge("trigger", "out"));
        };
    }

    Map<String, Object> more() {
        var wide = Map.of("prefetch", 16);
        return switch (this) {
            case FANOUT -> Map.of("nodes_config", Map.of("out", wide, "other", wide));
            case PLAIN, SPLITTER, CODE -> Map.of("nodes_config", Map.of("out", wide));
            case TIMER -> Map.of("cron", "* * * * *");
        };
    }

    /** The body of a webhook call. */
    Map<String, Object> body(int call) {
        return this == SPLITTER
                ? Map.of(
                        "parts",
                        effects(call).stream().map(id -> Map.of("id", id)).toList())
                : Map.of("id", Integer.toString(call));
    }

    /** What a call must bring about. */
    List<String> effects(int call) {
        return switch (this) {
            case PLAIN, CODE, TIMER -> List.of(Integer.toString(call));
            case FANOUT -> List.of(call + "/a", call + "/b");
            case SPLITTER ->
                IntStream.range(0, PARTS).mapToObj(part -> call + "/" + part).toList();
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> call(String id, String sink, String body) {
        return node(id, "weft/http:request", Map.of("method", "POST", "url", sink, "body", body));
    }

    private static Map<String, Object> node(String id, String command, Map<String, Object> fields) {
        return Map.of("id", id, "command", command, "fields", fields);
    }

    private static Map<String, Object> edge(String source, String target) {
        return Map.of("source", source, "target", target);
    }
}
