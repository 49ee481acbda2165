package dev.weft.bench.abuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Requests that take connections, threads or memory. */
final class TrafficAbuse {

    static final String CONNECTED = "connected";
    static final String ASKED = "asked the server";

    private TrafficAbuse() {}

    static void lyingServers(Abuser abuser, Duration hold) throws IOException, InterruptedException {
        try (var server = new LyingServer()) {
            var bodies = Collections.nCopies(1_000, "{}").toArray(String[]::new);
            abuser.flow(
                    List.of(AbuseGraph.step("step", "weft/http:request", Map.of("method", "GET", "url", server.url()))),
                    Map.of("step", Map.of("prefetch", 1_000)),
                    bodies);
            Thread.sleep(hold);
            abuser.answers().count(ASKED, server.calls());
        }
    }

    static void logIns(Abuser abuser, Duration hold) throws InterruptedException {
        hold(
                abuser,
                hold,
                66,
                held -> held.body(
                        "/auth/realms/weft/protocol/openid-connect/token",
                        "application/x-www-form-urlencoded",
                        5 << 20));
    }

    static void heads(Abuser abuser, Duration hold) throws InterruptedException {
        hold(abuser, hold, 6_300, HeldConnections::head);
    }

    static void calls(Abuser abuser, Duration hold) throws IOException, InterruptedException {
        var hook = abuser.openHook();
        hold(abuser, hold, 32, held -> held.body(hook, "application/json", 10 << 20));
    }

    static void bodies(Abuser abuser) throws IOException, InterruptedException {
        var hook = abuser.openHook();
        for (var turn = 0; turn < 4; turn++) {
            abuser.requests().send(hook, "application/x-www-form-urlencoded", ascii("a&".repeat(5_000_000)));
            abuser.requests().send(hook, "application/xml", ascii("<a>" + "<b/>".repeat(2_500_000) + "</a>"));
            abuser.requests().send(hook, "application/xml", ascii("<a>" + "<b c=\"1\"/>".repeat(900_000) + "</a>"));
        }
    }

    static void lists(Abuser abuser) throws IOException, InterruptedException {
        var list = abuser.api().flowList() + "&page[size]=50";
        var text = "\"" + "x".repeat(60_000) + "\"";
        for (var flow = 0; flow < 50; flow++) {
            abuser.flow(
                    IntStream.range(0, 10)
                            .mapToObj(n -> AbuseGraph.mapper("s" + n, text))
                            .toList(),
                    Map.of());
        }
        for (var turn = 0; turn < 5; turn++) {
            var asked = IntStream.range(0, 8)
                    .mapToObj(_ -> abuser.requests().get(list))
                    .toList();
            asked.forEach(answer -> answer.join());
        }
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
            abuser.answers().count(CONNECTED, held.opened());
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
