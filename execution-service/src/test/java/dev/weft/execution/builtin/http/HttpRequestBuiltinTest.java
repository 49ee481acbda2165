package dev.weft.execution.builtin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.common.egress.EgressGuard;
import dev.weft.common.http.HttpCallFailure;
import dev.weft.common.http.HttpCaller;
import dev.weft.common.http.HttpRedirects;
import dev.weft.execution.jsonata.StandaloneExpressions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.step.StepSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HttpRequestBuiltinTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final StandaloneExpressions EXPRESSIONS = new StandaloneExpressions();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

    private final List<Duration> waits = new ArrayList<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Deque<Answer> script = new ConcurrentLinkedDeque<>();
    private final AnswerRoom room = new AnswerRoom(256 << 20);
    private HttpServer server;
    private HttpCaller caller;
    private HttpRequestBuiltin request;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        caller = new HttpCaller(new EgressGuard("127.0.0.0/8"));
        request = new HttpRequestBuiltin(
                EXPRESSIONS.expressions(), new HttpRedirects(caller), room, new RetrySchedule(CLOCK), waits::add, JSON);
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        caller.close();
    }

    @Test
    void takesAnAddressAsItIsAndSendsNoBodyWithGet() {
        answers(new Answer(200, Map.of("Content-Type", "application/json"), "{\"ok\":[1,2.50]}"));

        var body = body(work(Map.of("url", url("/in?a=b&c=%20x&n=n")), Map.of("n", 1)));

        assertThat(body.get("status")).isEqualTo(200);
        assertThat(JSON.writeValueAsString(body.get("body"))).isEqualTo("{\"ok\":[1,2.5]}");
        assertThat(String.valueOf(body.get("headers"))).contains("content-type=application/json");
        assertThat(seen.getFirst().line()).isEqualTo("GET /in?a=b&c=%20x&n=n");
        assertThat(seen.getFirst().body()).isEmpty();
        assertThat(seen.getFirst().headers()).containsEntry("Idempotency-key", List.of("effect"));
    }

    @Test
    void buildsTheCallOfExpressions() {
        answers(ok());

        work(
                Map.of(
                        "method",
                        "put",
                        "url",
                        "'" + url("/") + "' & $encodeUrlComponent(name)",
                        "headers",
                        Map.of("X-A", "name", "Idempotency-Key", "'mine'", "X-None", "gone", "Content-Length", "'5'"),
                        "body",
                        Map.of("x", "name", "n", 5, "l", List.of("name", true))),
                Map.of("name", "v w"));

        var call = seen.getFirst();
        assertThat(call.line()).isEqualTo("PUT /v%20w");
        assertThat(JSON.readTree(call.body())).isEqualTo(JSON.readTree("{\"x\":\"v w\",\"n\":5,\"l\":[\"v w\",true]}"));
        assertThat(call.headers())
                .containsEntry("X-a", List.of("v w"))
                .containsEntry("Idempotency-key", List.of("mine"))
                .containsEntry("Content-type", List.of("application/json"))
                .doesNotContainKey("X-none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "POST | $          |                                   | {\"n\":1} | application/json",
                "POST |            |                                   | {\"n\":1} | application/json",
                "POST | 'text'     |                                   | text      | text/plain; charset=utf-8",
                "POST | 'a,b'      | text/csv                          | a,b       | text/csv",
                "POST | $          | application/x-www-form-urlencoded | n=1       | application/x-www-form-urlencoded",
                "POST | null       |                                   | null      | application/json",
                "POST | gone       |                                   |           |",
                "GET  |            |                                   |           |",
                "GET  | $          |                                   | {\"n\":1} | application/json",
                "HEAD |            |                                   |           |",
                "DELETE |          |                                   | {\"n\":1} | application/json",
            })
    void sendsTheBodyInItsForm(String method, String body, String type, String sent, String sentType) {
        answers(ok());
        var fields = new HashMap<String, Object>(Map.of("url", url("/"), "method", method));
        if (body != null) {
            fields.put("body", body);
        }
        if (type != null) {
            fields.put("headers", Map.of("Content-Type", "'" + type + "'"));
        }

        work(fields, Map.of("n", 1));

        assertThat(seen.getFirst().body()).isEqualTo(sent == null ? "" : sent);
        assertThat(seen.getFirst().headers().get("Content-type"))
                .isEqualTo(sentType == null ? null : List.of(sentType));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "application/json           | [1]    | [1]",
                "application/problem+json   | {}     | {}",
                "application/json           | {broken | \"{broken\"",
                "text/plain                 | hi     | \"hi\"",
                "application/xml            | <a/>   | \"<a/>\"",
                "image/png                  | abc    | \"YWJj\"",
                "                           | {\"a\":1} | {\"a\":1}",
                "text/html                  |        | null",
            })
    void readsTheAnswerByItsType(String type, String sent, String read) {
        answers(new Answer(200, type == null ? Map.of() : Map.of("Content-Type", type), sent == null ? "" : sent));

        var body = body(work(Map.of("url", url("/")), Map.of()));

        assertThat(JSON.writeValueAsString(body.get("body"))).isEqualTo(read);
    }

    @Test
    void triesAgainInPlaceWithLongerWaits() {
        answers(status(503), status(429), status(408), ok());

        assertThat(body(work(Map.of("url", url("/")), Map.of())).get("status")).isEqualTo(200);

        assertThat(seen).hasSize(4);
        assertThat(seen)
                .allSatisfy(call -> assertThat(call.headers()).containsEntry("Idempotency-key", List.of("effect")));
        assertThat(waits).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void waitsAsTheServerAsks() {
        answers(
                new Answer(503, Map.of("Retry-After", "2"), ""),
                new Answer(503, Map.of("Retry-After", "Sun, 01 Mar 2026 10:00:04 GMT"), ""),
                ok());

        work(Map.of("url", url("/")), Map.of());

        assertThat(waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void reboundsForLongerWaitsAndCountsThem() {
        answers(new Answer(503, Map.of("Retry-After", "8"), ""));
        assertThat(work(Map.of("url", url("/"), "retries", 1), Map.of()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Rebound.class,
                        rebound -> assertThat(rebound.delay()).isEqualTo(Duration.ofSeconds(8)));

        answers(new Answer(503, Map.of("Retry-After", "8"), ""));
        assertThatThrownBy(() -> step(Map.of("url", url("/"), "retries", 1)).work(input(Map.of(), 2)))
                .isInstanceOf(StepFailure.class);

        answers(new Answer(503, Map.of("Retry-After", "3601"), ""));
        assertThatThrownBy(() -> work(Map.of("url", url("/"), "retries", 1), Map.of()))
                .isInstanceOf(StepFailure.class);
        assertThat(seen).hasSize(3);
        assertThat(waits).isEmpty();
    }

    @Test
    void countsRetriesInPlaceAndReboundsTogether() {
        var fields = Map.<String, Object>of("url", url("/"), "retries", 2);
        answers(status(503), new Answer(503, Map.of("Retry-After", "8"), ""));

        var rebound = (Outcome.Rebound) work(fields, Map.of()).getFirst();

        assertThat(rebound.inPlace()).isEqualTo(1);
        answers(status(503));
        assertThatThrownBy(() -> step(fields).work(input(Map.of(), 1 + rebound.inPlace() + 1)))
                .isInstanceOf(StepFailure.class);
        assertThat(seen).as("one call and two retries").hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 422, 499})
    void failsAtOnceWithOtherErrorsOfTheCaller(int status) {
        answers(new Answer(status, Map.of("Content-Type", "application/json"), "{\"no\":\"such\"}"));

        assertThatThrownBy(() -> work(Map.of("url", url("/")), Map.of()))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        failure -> assertThat(failure.text())
                                .contains(String.valueOf(status))
                                .contains("such"));
        assertThat(seen).hasSize(1);
    }

    @Test
    void emitsErrorsWhenToldNotToThrow() throws IOException {
        answers(status(404), status(500));

        assertThat(body(work(Map.of("url", url("/"), "dont_throw", true), Map.of()))
                        .get("status"))
                .isEqualTo(404);
        assertThat(body(work(Map.of("url", url("/"), "dont_throw", true, "retries", 0), Map.of()))
                        .get("status"))
                .isEqualTo(500);
        server.stop(0);
        assertThat(body(work(Map.of("url", url("/"), "dont_throw", true, "retries", 1), Map.of()))
                        .get("status"))
                .isEqualTo(0);
        assertThat(waits).hasSize(1);
    }

    @Test
    void endsTheWholeExchangeInTime() {
        script.add(new Answer(200, Map.of("X-Drip", "100"), ""));

        var started = System.nanoTime();
        assertThatThrownBy(() -> work(Map.of("url", url("/drip"), "timeout_ms", 300, "retries", 0), Map.of()))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("TimeoutError"));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void endsACallWhoseBodyIsNotTaken() {
        var started = System.nanoTime();
        assertThatThrownBy(() -> work(
                        Map.of("method", "POST", "url", url("/untaken"), "body", "$", "timeout_ms", 500, "retries", 0),
                        Map.of("text", "x".repeat(40 << 20))))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("TimeoutError"));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void knowsHowLongItMayTake() {
        assertThat(step(Map.of("url", url("/"), "timeout_ms", 120_000, "retries", 10))
                        .longest())
                .isEqualTo(Duration.ofSeconds(11 * 120 + 10 * 5));
        assertThat(step(Map.of("url", url("/"))).longest()).isEqualTo(Duration.ofSeconds(4 * 30 + 3 * 5));
    }

    @Test
    void endsRedirectsWithinTheTimeOfOneCall() {
        var hop = new Answer(302, Map.of("Location", "/slow"), "");
        answers(hop, hop, hop, hop, hop, ok());

        var started = System.nanoTime();
        assertThatThrownBy(() -> work(Map.of("url", url("/slow"), "timeout_ms", 1_000, "retries", 0), Map.of()))
                .isInstanceOfSatisfying(StepFailure.class, failure -> {
                    assertThat(failure.name()).isEqualTo("TimeoutError");
                    assertThat(failure.text()).contains("1000 ms");
                });
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void isAnErrorWhenTheAnswersOfOthersLeaveItNoRoom() throws HttpCallFailure {
        var others = room.open();
        others.read(Integer.MAX_VALUE, Duration.ZERO);
        answers(new Answer(200, Map.of(), "x".repeat(100_000)), new Answer(200, Map.of(), "x".repeat(100_000)));

        assertThatThrownBy(() -> work(Map.of("url", url("/"), "timeout_ms", 1_500), Map.of()))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("NoRoomForAnswer"));
        assertThat(seen).as("its server is not asked again").hasSize(1);

        others.close();
        assertThat(body(work(Map.of("url", url("/")), Map.of()))).containsEntry("status", 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 501, 5_000})
    void refusesAnswersThatNestTooDeeply(int levels) {
        answers(new Answer(200, Map.of("Content-Type", "application/json"), "[".repeat(levels) + "]".repeat(levels)));

        assertThatThrownBy(() -> work(Map.of("url", url("/")), Map.of()))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("NestingError"));
    }

    @Test
    void showsWhatAnErrorSaysHoweverDeep() {
        answers(new Answer(400, Map.of("Content-Type", "application/json"), "[".repeat(600) + "]".repeat(600)));

        assertThatThrownBy(() -> work(Map.of("url", url("/")), Map.of()))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).contains("400: [[[["));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/big", "/bigchunks", "/bomb"})
    void refusesAnswersAboveTenMebibytes(String path) {
        assertThatThrownBy(() -> work(Map.of("url", url(path)), Map.of()))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).contains("10 MiB"));
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[::1]:9/",
                "http://[::ffff:10.0.0.1]/",
                "http://192.168.0.1:8080/",
                "http://0.0.0.0/",
                "http://[fd00::1]/",
            })
    void refusesPrivateAddressesWithoutRetries(String target) {
        for (var fields :
                List.of(Map.<String, Object>of("url", target), Map.<String, Object>of("url", "'" + target + "'"))) {
            assertThatThrownBy(() -> work(fields, Map.of()))
                    .isInstanceOfSatisfying(
                            StepFailure.class,
                            failure -> assertThat(failure.name()).isEqualTo("EgressError"));
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void checksRedirectsLikeFirstCalls() {
        answers(redirect(302, "http://10.0.0.1/secret"));
        assertThatThrownBy(() -> work(Map.of("url", url("/")), Map.of()))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("EgressError"));

        answers(redirect(302, "file:///etc/passwd"));
        assertThatThrownBy(() -> work(Map.of("url", url("/")), Map.of())).isInstanceOf(StepFailure.class);

        answers(
                redirect(302, "/a"),
                redirect(302, "/a"),
                redirect(302, "/a"),
                redirect(302, "/a"),
                redirect(302, "/a"),
                redirect(302, "/a"));
        assertThatThrownBy(() -> work(Map.of("url", url("/")), Map.of())).isInstanceOf(StepFailure.class);
        assertThat(seen).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({"301,GET,''", "302,GET,''", "303,GET,''", "307,POST,{}", "308,POST,{}"})
    void followsRedirects(int status, String method, String body) {
        answers(redirect(status, "/next?x=1"), ok());

        work(Map.of("url", url("/first"), "method", "POST", "headers", Map.of("Authorization", "'k'")), Map.of());

        assertThat(seen.get(1).line()).isEqualTo(method + " /next?x=1");
        assertThat(seen.get(1).body()).isEqualTo(body);
        assertThat(seen.get(1).headers()).containsEntry("Authorization", List.of("k"));
    }

    /** {@code *}: the address of the called server. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://ada:open/sesame@host/    | 200 |                              |
                    https://ada:opensesame@ho st/    | 200 |                              |
                    https://ada:opensesame@[::x]/    | 200 |                              |
                    *                                | 302 | http://ada:opensesame@ho st/ |
                    *                                | 400 |                              | see http://ada:opensesame@host/
                    http://ada:opensesame@127.0.0.1: | 400 |                              | none
                    """)
    void saysNothingOfTheUserInAnAddressThatFails(String address, int status, String location, String told) {
        answers(new Answer(
                status,
                location == null ? Map.of() : Map.of("Location", location),
                // It ends within the user when it is cut.
                told == null ? "" : "x".repeat(980) + " " + told));
        var url = address.equals("*") ? url("/") : address + (address.endsWith(":") ? url("/").substring(17) : "");

        assertThatThrownBy(() -> work(Map.of("url", "'" + url + "'"), Map.of()))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        failure -> assertThat(failure.text())
                                .isNotBlank()
                                .doesNotContain("ada")
                                .doesNotContain("sesame"));
    }

    @Test
    void keepsCredentialsFromOtherOrigins() {
        answers(redirect(307, url("/next").replace("127.0.0.1", "localhost")), ok());

        work(
                Map.of(
                        "url",
                        url("/first"),
                        "headers",
                        Map.of("Authorization", "'k'", "Cookie", "'c'", "X-Api-Key", "'x'", "Accept", "'text/csv'")),
                Map.of());

        assertThat(seen.getFirst().headers()).containsKeys("Authorization", "Cookie", "X-api-key", "Idempotency-key");
        assertThat(seen.get(1).headers())
                .doesNotContainKeys("Authorization", "Cookie", "X-api-key", "Idempotency-key")
                .containsEntry("Accept", List.of("text/csv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ftp://example.com'",
                "5",
                "'http:///x'",
                "'no address'",
                "gone",
                "'http://exa mple.com/'",
                "'file:///etc/passwd'"
            })
    void failsWithWhatIsNoAddress(String expression) {
        assertThatThrownBy(() -> work(Map.of("url", expression), Map.of())).isInstanceOf(StepFailure.class);
    }

    @Test
    void sendsAHeaderForEachOfItsValues() {
        answers(ok());

        work(Map.of("url", url("/"), "headers", Map.of("X-A", List.of("'a'", "'b'"))), Map.of());

        assertThat(seen.getFirst().headers()).containsEntry("X-a", List.of("a", "b"));
    }

    @Test
    void failsWithHeadersThatWouldBreakTheCall() {
        assertThatThrownBy(() -> work(Map.of("url", url("/"), "headers", Map.of("X-A", "'a\\r\\nX-B: b'")), Map.of()))
                .isInstanceOf(StepFailure.class);
        assertThatThrownBy(() -> work(Map.of("url", url("/"), "headers", Map.of("X A", "'a'")), Map.of()))
                .isInstanceOf(StepFailure.class);
        assertThatThrownBy(() -> work(Map.of("url", url("/"), "headers", "5"), Map.of()))
                .isInstanceOf(StepFailure.class);
    }

    @Test
    void checksItsFields() {
        for (var wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("url", "(("),
                Map.of("url", url("/"), "timeout_ms", 99),
                Map.of("url", url("/"), "timeout_ms", 120_001),
                Map.of("url", url("/"), "retries", 11),
                Map.of("url", url("/"), "retries", true),
                Map.of("url", url("/"), "retries", 1.5),
                Map.of("url", url("/"), "dont_throw", "true"),
                Map.of("url", url("/"), "method", 5),
                Map.of("url", url("/"), "method", "G T"),
                Map.of("url", url("/"), "body", Map.of("a", List.of("(("))))) {
            assertThatIllegalArgumentException().as(wrong.toString()).isThrownBy(() -> step(wrong));
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/untaken")) {
                java.util.concurrent.locks.LockSupport.parkNanos(30_000_000_000L);
                return;
            }
            var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(new Seen(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    sent));
            switch (exchange.getRequestURI().getPath()) {
                case "/big" -> {
                    exchange.sendResponseHeaders(200, 11L << 20);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                }
                case "/bigchunks" -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (var i = 0; i < 11 * 1024; i++) {
                        exchange.getResponseBody().write(new byte[1024]);
                    }
                }
                case "/bomb" -> {
                    var bomb = new ByteArrayOutputStream();
                    try (var zip = new GZIPOutputStream(bomb)) {
                        zip.write(new byte[11 << 20]);
                    }
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                    exchange.sendResponseHeaders(200, bomb.size());
                    exchange.getResponseBody().write(bomb.toByteArray());
                }
                case "/drip" -> drip(exchange);
                default -> {
                    if (exchange.getRequestURI().getPath().equals("/slow")) {
                        java.util.concurrent.locks.LockSupport.parkNanos(300_000_000);
                    }
                    var answer = script.pop();
                    answer.headers().forEach(exchange.getResponseHeaders()::set);
                    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            }
        }
    }

    /** One byte every so often, so that no read of it is ever late. */
    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        for (var i = 0; i < 300; i++) {
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }
    }

    private void answers(Answer... answers) {
        script.addAll(List.of(answers));
    }

    private static Answer ok() {
        return new Answer(200, Map.of(), "{}");
    }

    private static Answer status(int status) {
        return new Answer(status, Map.of(), "");
    }

    private static Answer redirect(int status, String to) {
        return new Answer(status, Map.of("Location", to), "");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private dev.weft.execution.step.Step step(Map<String, Object> fields) {
        return request.prepare(new StepSettings("f", "flow", "t", "w", "v", "s", fields, null, Map.of()));
    }

    private List<Outcome> work(Map<String, Object> fields, Object body) {
        return step(fields).work(input(body, 1));
    }

    private static StepInput input(Object body, int attempt) {
        return new StepInput("e", "effect", StepMessage.of(body), attempt, null, null, _ -> {});
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(List<Outcome> outcomes) {
        return (Map<String, Object>)
                ((Outcome.Data) outcomes.getLast()).message().body();
    }

    private record Seen(String line, Map<String, List<String>> headers, String body) {}

    private record Answer(int status, Map<String, String> headers, String body) {}
}
