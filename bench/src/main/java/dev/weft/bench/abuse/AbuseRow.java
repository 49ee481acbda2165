package dev.weft.bench.abuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** One way to take an installation's processors, memory or queues away from the others. */
public enum AbuseRow {
    EXPRESSIONS("expressions that do not end, two calls of each") {
        @Override
        void begin(Abuser abuser, Duration hold) throws InterruptedException {
            for (var expression : List.of(
                    "$length($fromMillis(0,\"[Y,*-100000000]\"))",
                    "$toMillis(digits, \"[f][f][f][f][f][f][f][f][f][f][f][f][f][f]\")",
                    "$contains(a, b)",
                    "($__evaluate_entry := function() { true }; $map([1..9999999], function($v) { $v }))",
                    "$match(a, /^(a+)*\\1b$/)",
                    "($f := function($n) { $f($n + 1) }; $f(1))",
                    "$formatInteger(1/0, \"A\")",
                    "[1..3000].([1..3000].([1..3000]))")) {
                var body = "{\"digits\": \"" + "1".repeat(80) + "x\", \"a\": \"" + "a".repeat(1_200_000)
                        + "\", \"b\": \"" + "a".repeat(600_000) + "b\"}";
                abuser.flow(List.of(mapper("step", expression)), Map.of(), body, body);
            }
        }
    },
    SPLITS("splitters and joined layers that make millions of messages") {
        @Override
        void begin(Abuser abuser, Duration hold) throws InterruptedException {
            var many = "{\"parts\": [" + String.join(",", Collections.nCopies(600_000, "{\"a\":1}")) + "]}";
            abuser.flow(
                    List.of(
                            Abuser.step("split", "weft/splitter:split", Map.of("expression", "parts")),
                            Abuser.step("step", "weft/filter:filter", Map.of("expression", "a = 1"))),
                    Map.of(),
                    many,
                    many);
            abuser.flow(
                    List.of(mapper("step", "$count($split(text, \"\"))")),
                    Map.of(),
                    "{\"text\": \"" + "x".repeat(9_500_000) + "\"}");
            var nodes = new ArrayList<Map<String, Object>>(List.of(Abuser.trigger()));
            var edges = new ArrayList<Map<String, Object>>();
            var before = List.of("trigger");
            for (var layer = 0; layer < 20; layer++) {
                var here = List.of("l" + layer, "r" + layer);
                here.forEach(id -> nodes.add(mapper(id, "$")));
                for (var source : before) {
                    here.forEach(target -> edges.add(Abuser.edge(source, target)));
                }
                before = here;
            }
            abuser.graph(nodes, edges, Map.of(), "{\"a\": 1}", "{\"a\": 2}");
        }
    },
    LYING_SERVERS("1,000 requests at once to servers that announce ten mebibytes and send one byte", Signs.ASKED) {
        @Override
        void begin(Abuser abuser, Duration hold) throws IOException, InterruptedException {
            try (var server = new LyingServer()) {
                var bodies = Collections.nCopies(1_000, "{}").toArray(String[]::new);
                abuser.flow(
                        List.of(Abuser.step("step", "weft/http:request", Map.of("method", "GET", "url", server.url()))),
                        Map.of("step", Map.of("prefetch", 1_000)),
                        bodies);
                Thread.sleep(hold);
                abuser.count(Signs.ASKED, server.calls());
            }
        }
    },
    WITHHELD_LOG_INS("66 bodies of 5 MiB to the token endpoint without their last byte", Signs.CONNECTED) {
        @Override
        void begin(Abuser abuser, Duration hold) throws InterruptedException {
            hold(
                    abuser,
                    hold,
                    66,
                    held -> held.body(
                            "/auth/realms/weft/protocol/openid-connect/token",
                            "application/x-www-form-urlencoded",
                            5 << 20));
        }
    },
    HALF_SENT_HEADS("6,300 heads of requests without their end", Signs.CONNECTED) {
        @Override
        void begin(Abuser abuser, Duration hold) throws InterruptedException {
            hold(abuser, hold, 6_300, HeldConnections::head);
        }
    },
    WITHHELD_CALLS("32 bodies of 10 MiB to an open webhook without their last byte", Signs.CONNECTED) {
        @Override
        void begin(Abuser abuser, Duration hold) throws IOException, InterruptedException {
            var hook = abuser.openHook();
            hold(abuser, hold, 32, held -> held.body(hook, "application/json", 10 << 20));
        }
    },
    BODIES("forms and XML of ten million bytes of repeated keys and elements") {
        @Override
        void begin(Abuser abuser, Duration hold) throws IOException, InterruptedException {
            var hook = abuser.openHook();
            for (var turn = 0; turn < 4; turn++) {
                abuser.send(hook, "application/x-www-form-urlencoded", ascii("a&".repeat(5_000_000)));
                abuser.send(hook, "application/xml", ascii("<a>" + "<b/>".repeat(2_500_000) + "</a>"));
                abuser.send(hook, "application/xml", ascii("<a>" + "<b c=\"1\"/>".repeat(900_000) + "</a>"));
            }
        }
    },
    LARGE_LISTS("50 flows of 0.65 MB, listed by 8 clients at once, five times") {
        @Override
        void begin(Abuser abuser, Duration hold) throws IOException, InterruptedException {
            var list = abuser.api().flowList() + "&page[size]=50";
            var text = "\"" + "x".repeat(60_000) + "\"";
            for (var flow = 0; flow < 50; flow++) {
                abuser.flow(
                        IntStream.range(0, 10)
                                .mapToObj(n -> mapper("s" + n, text))
                                .toList(),
                        Map.of());
            }
            for (var turn = 0; turn < 5; turn++) {
                var asked =
                        IntStream.range(0, 8).mapToObj(_ -> abuser.get(list)).toList();
                asked.forEach(answer -> answer.join());
            }
        }
    },
    QUEUES("flows of 999 and of 199 steps with a queue each, more than a contract may have", Abuser.STARTED) {
        @Override
        void begin(Abuser abuser, Duration hold) throws InterruptedException {
            for (var steps : List.of(999, 999, 199, 199, 199, 199, 199, 199, 199, 199, 199, 199, 199, 199)) {
                abuser.flow(
                        IntStream.range(0, steps)
                                .mapToObj(n -> Abuser.step(
                                        "s" + n,
                                        "weft/email:send",
                                        Map.of("to", "\"nobody@example.com\"", "subject", "\"x\"", "text", "\"x\"")))
                                .toList(),
                        Map.of());
            }
        }
    },
    MEMORY_BOMBS("24 calls of code that takes all memory it can get") {
        @Override
        void begin(Abuser abuser, Duration hold) throws InterruptedException {
            var code = "async function run() { const a = []; while (true) { a.push(new Array(1000000).fill(1)); } }";
            var bodies = Collections.nCopies(24, "{}").toArray(String[]::new);
            abuser.flow(
                    List.of(Abuser.step("step", "weft/code:execute", Map.of("code", code, "timeout_ms", 30_000))),
                    Map.of("step", Map.of("prefetch", 24)),
                    bodies);
        }
    },
    EXPRESSION_BOMBS("24 calls of an expression that takes all memory it can get") {
        @Override
        void begin(Abuser abuser, Duration hold) throws InterruptedException {
            var expression =
                    "($f := function($l, $n) { $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $count($f([1..1000], 40)))";
            var bodies = Collections.nCopies(24, "{}").toArray(String[]::new);
            abuser.flow(List.of(mapper("step", expression)), Map.of(), bodies);
        }
    };

    private final String text;
    private final String sign;

    AbuseRow(String text) {
        this(text, "200");
    }

    AbuseRow(String text, String sign) {
        this.text = text;
        this.sign = sign;
    }

    public String text() {
        return text;
    }

    /** What the abuser has seen when it took place: where all of it was refused at once, nothing is shown. */
    public boolean tookPlace(Abuser abuser) {
        return abuser.has(sign);
    }

    /** Does it for so long, and returns while it may still have effects. */
    public void run(Abuser abuser, Duration hold) throws IOException, InterruptedException {
        var end = System.nanoTime() + hold.toNanos();
        begin(abuser, hold);
        var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        Thread.sleep(left);
    }

    abstract void begin(Abuser abuser, Duration hold) throws IOException, InterruptedException;

    /** Of a row; constants of the enum itself do not exist yet when its rows are made. */
    private static final class Signs {
        static final String CONNECTED = "connected";
        static final String ASKED = "asked the server";
    }

    /** One request that is begun and not ended. */
    private interface Begun {
        void on(HeldConnections held);
    }

    private static void hold(Abuser abuser, Duration hold, int count, Begun begun) throws InterruptedException {
        // Connections end first: those that still write do so to nobody then.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var held = new HeldConnections(abuser.api().base())) {
            for (var n = 0; n < count; n++) {
                threads.execute(() -> begun.on(held));
            }
            Thread.sleep(hold);
            abuser.count(Signs.CONNECTED, held.opened());
        }
    }

    private static Map<String, Object> mapper(String id, String expression) {
        return Abuser.step(id, "weft/mapper:map", Map.of("expression", expression));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
