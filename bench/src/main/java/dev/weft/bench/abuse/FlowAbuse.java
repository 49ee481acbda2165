package dev.weft.bench.abuse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Flows that take processors, memory or queues. */
final class FlowAbuse {

    private FlowAbuse() {}

    static void expressions(Abuser abuser) throws InterruptedException {
        for (var expression : List.of(
                "$length($fromMillis(0,\"[Y,*-100000000]\"))",
                "$toMillis(digits, \"[f][f][f][f][f][f][f][f][f][f][f][f][f][f]\")",
                "$contains(a, b)",
                "($__evaluate_entry := function() { true }; $map([1..9999999], function($v) { $v }))",
                "$match(a, /^(a+)*\\1b$/)",
                "($f := function($n) { $f($n + 1) }; $f(1))",
                "$formatInteger(1/0, \"A\")",
                "[1..3000].([1..3000].([1..3000]))")) {
            var body = "{\"digits\": \"" + "1".repeat(80) + "x\", \"a\": \"" + "a".repeat(1_200_000) + "\", \"b\": \""
                    + "a".repeat(600_000) + "b\"}";
            abuser.flow(List.of(AbuseGraph.mapper("step", expression)), Map.of(), body, body);
        }
    }

    static void splits(Abuser abuser) throws InterruptedException {
        var many = "{\"parts\": [" + String.join(",", Collections.nCopies(600_000, "{\"a\":1}")) + "]}";
        abuser.flow(
                List.of(
                        AbuseGraph.step("split", "weft/splitter:split", Map.of("expression", "parts")),
                        AbuseGraph.step("step", "weft/filter:filter", Map.of("expression", "a = 1"))),
                Map.of(),
                many,
                many);
        abuser.flow(
                List.of(AbuseGraph.mapper("step", "$count($split(text, \"\"))")),
                Map.of(),
                "{\"text\": \"" + "x".repeat(9_500_000) + "\"}");
        var nodes = new ArrayList<Map<String, Object>>(List.of(AbuseGraph.TRIGGER));
        var edges = new ArrayList<Map<String, Object>>();
        var before = List.of("trigger");
        for (var layer = 0; layer < 20; layer++) {
            var here = List.of("l" + layer, "r" + layer);
            here.forEach(id -> nodes.add(AbuseGraph.mapper(id, "$")));
            for (var source : before) {
                here.forEach(target -> edges.add(AbuseGraph.edge(source, target)));
            }
            before = here;
        }
        abuser.graph(nodes, edges, Map.of(), "{\"a\": 1}", "{\"a\": 2}");
    }

    static void queues(Abuser abuser) throws InterruptedException {
        for (var steps : List.of(999, 999, 199, 199, 199, 199, 199, 199, 199, 199, 199, 199, 199, 199)) {
            abuser.flow(
                    IntStream.range(0, steps)
                            .mapToObj(n -> AbuseGraph.step(
                                    "s" + n,
                                    "weft/email:send",
                                    Map.of("to", "\"nobody@example.com\"", "subject", "\"x\"", "text", "\"x\"")))
                            .toList(),
                    Map.of());
        }
    }

    static void memoryBombs(Abuser abuser) throws InterruptedException {
        var code = "async function run() { const a = []; while (true) { a.push(new Array(1000000).fill(1)); } }";
        var bodies = Collections.nCopies(24, "{}").toArray(String[]::new);
        abuser.flow(
                List.of(AbuseGraph.step("step", "weft/code:execute", Map.of("code", code, "timeout_ms", 30_000))),
                Map.of("step", Map.of("prefetch", 24)),
                bodies);
    }

    static void expressionBombs(Abuser abuser) throws InterruptedException {
        var expression =
                "($f := function($l, $n) { $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $count($f([1..1000], 40)))";
        var bodies = Collections.nCopies(24, "{}").toArray(String[]::new);
        abuser.flow(List.of(AbuseGraph.mapper("step", expression)), Map.of(), bodies);
    }
}
