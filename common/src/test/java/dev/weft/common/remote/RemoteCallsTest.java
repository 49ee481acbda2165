package dev.weft.common.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import feign.Feign;
import feign.FeignException;
import feign.RequestLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A neighbour that is ill in many ways is unavailable; none of them is a fault of who asks. */
class RemoteCallsTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** The neighbour as it is asked. */
    interface Neighbour {
        @RequestLine("GET /names")
        Map<String, List<String>> names();
    }

    /** What it does with a connection whose request has come. */
    private interface Illness {
        void befall(Socket caller) throws IOException;
    }

    /** So patient that a slow machine is not taken for an ill neighbour. */
    private RemoteProperties limits =
            new RemoteProperties(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60));

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private ServerSocket server;

    @AfterEach
    void end() throws IOException {
        over.countDown();
        server.close();
    }

    private Neighbour neighbour(Illness illness) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    var caller = server.accept();
                    Thread.ofVirtual().start(() -> meet(caller, illness));
                } catch (IOException e) {
                    return;
                }
            }
        });
        var remote = new RemoteConfiguration();
        return Feign.builder()
                .options(remote.feignTimeLimits(limits))
                .retryer(remote.feignRetriesNever())
                .errorDecoder(remote.feignRefusals())
                .decoder((response, type) -> JSON.readValue(
                        response.body().asInputStream(), JSON.getTypeFactory().constructType(type)))
                .target(Neighbour.class, "http://localhost:" + server.getLocalPort());
    }

    private void meet(Socket caller, Illness illness) {
        try (caller) {
            var request = caller.getInputStream();
            for (var end = 0; end < 4; ) {
                var next = request.read();
                if (next < 0) {
                    return;
                }
                end = next == '\r' || next == '\n' ? end + 1 : 0;
            }
            asked.incrementAndGet();
            illness.befall(caller);
        } catch (IOException e) {
            // Who asked has left; thrown on, it would end whoever waits for something else at the moment.
        }
    }

    private RemoteCalls calls() {
        return new RemoteConfiguration().remoteCalls(limits);
    }

    private static Illness says(String... pieces) {
        return caller -> {
            for (var piece : pieces) {
                caller.getOutputStream().write(piece.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static Illness answers(String status, String type, String body) {
        return says("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body);
    }

    private void assertUnavailable(Illness illness, int attempts) throws IOException {
        var neighbour = neighbour(illness);

        var refusal = catchThrowableOfType(
                ProblemException.class,
                () -> calls().read("names", () -> List.copyOf(neighbour.names().get("all"))));

        assertThat(refusal.first().code()).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(refusal.first().detail()).isEqualTo("The names service does not answer at the moment.");
        // The neighbour may come to read what was asked only when nobody waits for it any more.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(asked).hasValue(attempts));
    }

    @Test
    void hangs() throws IOException {
        limits = new RemoteProperties(limits.connect(), Duration.ofMillis(300), limits.call());
        assertUnavailable(
                _ -> {
                    try {
                        var _ = over.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                3);
    }

    @Test
    void dripsForLongerThanACallMayTake() throws IOException {
        limits = new RemoteProperties(limits.connect(), limits.read(), Duration.ofMillis(1500));
        assertUnavailable(
                caller -> {
                    says("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
                            .befall(caller);
                    try {
                        while (!over.await(50, TimeUnit.MILLISECONDS)) {
                            caller.getOutputStream().write(' ');
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                1);
    }

    @Test
    void closes() throws IOException {
        // The JDK's client asks each time once more by itself.
        assertUnavailable(Socket::close, 6);
    }

    @Test
    void breaksOffInTheMiddle() throws IOException {
        assertUnavailable(
                says("HTTP/1.1 200 OK\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n"
                        + "{\"all\":[\"a\""),
                3);
    }

    @Test
    void fails() throws IOException {
        assertUnavailable(answers("500 No", "text/plain", "no"), 3);
    }

    @Test
    void answersAPage() throws IOException {
        assertUnavailable(answers("200 OK", "text/html", "<html>Hello</html>"), 3);
    }

    @Test
    void answersSomethingElse() throws IOException {
        assertUnavailable(answers("200 OK", "application/json", "[1]"), 3);
    }

    @Test
    void answersNothing() throws IOException {
        assertUnavailable(answers("200 OK", "application/json", "null"), 1);
    }

    @Test
    void answersWithoutWhatWasAskedFor() throws IOException {
        assertUnavailable(answers("200 OK", "application/json", "{\"other\":[]}"), 1);
    }

    @Test
    void speaksNoHttp() throws IOException {
        assertUnavailable(says("hello\r\n\r\n"), 3);
    }

    @Test
    void refusesAQuestion() throws IOException {
        assertUnavailable(answers("403 No", "application/json", "{}"), 1);
    }

    @Test
    void refusesAChange() throws IOException {
        var neighbour = neighbour(answers("403 No", "application/json", "{}"));

        assertThatThrownBy(() -> calls().write("names", neighbour::names)).isInstanceOf(FeignException.Forbidden.class);
    }

    @Test
    void hasNothingOfThatName() throws IOException {
        var neighbour = neighbour(answers("404 No", "application/json", "{}"));

        assertThat(calls().find("names", neighbour::names)).isEmpty();
    }

    @Test
    void isNotBlamedForAnother() throws IOException {
        var neighbour = neighbour(answers("200 OK", "application/json", "{}"));
        var calls = calls();
        var other = Problem.of(ProblemCode.UNAVAILABLE, "Another does not answer.");

        for (var i = 0; i < 50; i++) {
            assertThatThrownBy(() -> calls.read("names", () -> {
                        throw other.exception();
                    }))
                    .hasMessage("Another does not answer.");
        }
        assertThat(calls.read("names", neighbour::names)).isEmpty();
    }
}
