package dev.weft.execution.builtin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.weft.common.egress.EgressGuard;
import dev.weft.common.http.HttpCaller;
import dev.weft.common.http.HttpRedirects;
import dev.weft.common.http.PlayedServer;
import dev.weft.common.http.PlayedServer.Request;
import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.jsonata.StandaloneExpressions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What real servers answer and people write, octet by octet. The rows of the contract's cases are tried through the whole
 * suite, by {@code RequestCasesIT} of standalone; these are of their kind.
 */
class HttpCasesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final StandaloneExpressions EXPRESSIONS = new StandaloneExpressions();
    private static final String OK = "HTTP/1.1 200 OK";
    private static final Charset LATIN = StandardCharsets.ISO_8859_1;
    private static final Charset UTF = StandardCharsets.UTF_8;

    private final List<Duration> waits = new ArrayList<>();
    private final HttpCaller caller = new HttpCaller(new EgressGuard("127.0.0.0/8"));
    private PlayedServer server;

    @AfterEach
    void stop() throws IOException {
        caller.close();
        if (server != null) {
            server.close();
        }
    }

    // ---- what comes

    record Came(String row, String type, byte[] body, String shown, boolean base64, boolean warned) {

        @Override
        public String toString() {
            return row;
        }
    }

    static List<Came> bodies() {
        var json = "{\"a\":\"é\"}";
        var euro = "{\"a\":\"é €\"}";
        return List.of(
                text("application/json; charset=\"iso-8859-1\"", json.getBytes(LATIN), json),
                text("application/json;charset=windows-1252", euro.getBytes(Charset.forName("windows-1252")), euro),
                text("application/json; charset=UTF-16LE", json.getBytes(StandardCharsets.UTF_16LE), json),
                text("application/json; charset=UTF-16", json.getBytes(StandardCharsets.UTF_16), json),
                text("application/json", json.getBytes(StandardCharsets.UTF_16LE), json),
                text("application/vnd.api+json; charset=latin1", json.getBytes(LATIN), json),
                text("text/json", json.getBytes(UTF), json),
                text("application/json", marked(json), json),
                text("application/json", marked("\uFEFF" + json), json),
                text("application/json", json.getBytes(Charset.forName("X-UTF-32LE-BOM")), json),
                text("text/plain; charset=GB18030", "\uFEFFhé".getBytes(Charset.forName("GB18030")), "\"hé\""),
                text("", marked(json), json),
                text("text/plain", marked("hé"), "\"hé\""),
                text("text/plain; charset=ISO-8859-1", marked("hé"), "\"hé\""),
                text("text/plain; charset=ISO-8859-1", "hé".getBytes(LATIN), "\"hé\""),
                text(
                        "application/xml",
                        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r>é</r>".getBytes(LATIN),
                        "\"<?xml version=\\\"1.0\\\" encoding=\\\"ISO-8859-1\\\"?><r>é</r>\""),
                text(
                        "application/x-ndjson",
                        "{\"a\":1}\n{\"a\":2}\n".getBytes(UTF),
                        "\"{\\\"a\\\":1}\\n{\\\"a\\\":2}\\n\""),
                text("application/octet-stream; charset=utf-8", "hé".getBytes(UTF), "\"hé\""),
                new Came("no type, no JSON", "", "{bad".getBytes(UTF), "\"{bad\"", false, false),
                new Came("no type, no text", "", new byte[] {1, 2, -1}, base64(1, 2, -1), true, false),
                new Came(
                        "Latin-1 that says UTF-8",
                        "text/plain; charset=utf-8",
                        new byte[] {-23},
                        base64(-23),
                        true,
                        true),
                new Came("Latin-1 that says nothing", "text/html", new byte[] {-23}, base64(-23), true, true),
                new Came(
                        "broken JSON in broken UTF-8",
                        "application/json",
                        new byte[] {'{', -23},
                        base64('{', -23),
                        true,
                        true),
                new Came("an unknown charset", "text/plain; charset=x-no", "hé".getBytes(UTF), "\"hé\"", false, true),
                new Came(
                        "JSON in an unknown charset",
                        "application/json; charset=x-no",
                        json.getBytes(UTF),
                        json,
                        false,
                        true));
    }

    private static Came text(String type, byte[] body, String shown) {
        return new Came(type + ": " + shown, type, body, shown, false, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void readsABody(Came came) {
        var type = came.type().isEmpty() ? "" : "\r\nContent-Type: " + came.type();
        answering(PlayedServer.answer(OK + type, came.body()));

        var outcomes = get("/");

        var body = body(outcomes);
        assertThat(JSON.writeValueAsString(body.get("body"))).isEqualTo(came.shown());
        assertThat(body.get("body_encoding")).isEqualTo(came.base64() ? "base64" : null);
        assertThat(body.containsKey("body_encoding")).isEqualTo(came.base64());
        assertThat(outcomes.stream().filter(Outcome.Log.class::isInstance).map(log -> ((Outcome.Log) log).level()))
                .containsExactlyElementsOf(came.warned() ? List.of(40) : List.of());
    }

    @Test
    void givesARepeatedHeaderAsAnArrayAndASingleOneAsAText() {
        answering(PlayedServer.answer(OK
                + "\r\n"
                + "Set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\r\n"
                + "set-cookie: b=2\r\n"
                + "X-One: 1, 2\r\n"
                + "X-Raw: caf\u00e9"));

        var headers = headers(get("/"));

        assertThat(headers)
                .containsEntry("set-cookie", List.of("a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"))
                .containsEntry("x-one", "1, 2")
                .containsEntry("x-raw", "café");
    }

    record Coded(String row, String coding, byte[] body) {

        @Override
        public String toString() {
            return row;
        }
    }

    static List<Coded> codings() {
        var body = "{\"a\":\"é\"}".getBytes(UTF);
        return List.of(
                new Coded("x-gzip", "X-GZip", gzip(body)),
                new Coded(
                        "two members of gzip",
                        "gzip",
                        PlayedServer.join(
                                gzip(Arrays.copyOf(body, 3)), gzip(Arrays.copyOfRange(body, 3, body.length)))),
                new Coded("deflate", "deflate", deflate(body, false)),
                new Coded("deflate without its frame", "deflate", deflate(body, true)),
                new Coded("deflate, then gzip", "deflate, gzip", gzip(deflate(body, false))),
                new Coded("identity", "identity", body));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codings")
    void undoesTheCodingAndItsHeaders(Coded coded) {
        answering(PlayedServer.answer(
                OK + "\r\nContent-Type: application/json\r\nContent-Encoding: " + coded.coding(), coded.body()));

        var outcomes = get("/");

        assertThat(body(outcomes).get("body")).isEqualTo(Map.of("a", "é"));
        assertThat(headers(outcomes))
                .doesNotContainKeys("content-encoding", "content-length")
                .containsEntry("content-type", "application/json");
        assertThat(server.requests().getFirst().header("Accept-Encoding")).containsExactly("gzip, deflate");
    }

    static List<Coded> brokenCodings() {
        var packed = gzip("{\"a\":1}".getBytes(UTF));
        return List.of(
                new Coded("half of a gzip", "gzip", Arrays.copyOf(packed, packed.length - 9)),
                new Coded("gzip, then zstd", "gzip, zstd", packed));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenCodings")
    void sendsOnceWhatWasAnsweredInACodingThatCanNotBeUndone(Coded coded) {
        answering(PlayedServer.answer(OK + "\r\nContent-Encoding: " + coded.coding(), coded.body()));

        var failure = failure(Map.of("method", "POST", "url", server.url("/")));

        assertThat(server.requests()).hasSize(1);
        assertThat(failure.text()).contains(coded.coding().replaceAll(".*, ", ""));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "no HTTP at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 302 Found\r\nLocation: ftp://x.test/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http://\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http://x.test:99999/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
            })
    void sendsOnceWhatWasAnsweredInAWayThatCanNotBeRead(String answer) {
        answering(answer.repeat(answer.startsWith("no") ? 100 : 1).getBytes(UTF));

        failure(Map.of("method", "POST", "url", server.url("/")));

        assertThat(server.requests()).hasSize(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void refusesHeadersWithoutEnd() {
        answering((OK + "\r\nX-A: " + "x".repeat(100_000) + "\r\n\r\n").getBytes(UTF));

        failure(Map.of("url", server.url("/")));

        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {204, 304})
    void isNotConfusedByABodyWhereNoneMayBe(int status) {
        server = new PlayedServer(request -> request.path().equals("/none")
                ? PlayedServer.answer("HTTP/1.1 " + status + " X", "hello".getBytes(UTF))
                : PlayedServer.answer(OK, "{}".getBytes(UTF)));

        assertThat(body(get("/none"))).containsEntry("status", status).containsEntry("body", null);
        assertThat(body(get("/more"))).containsEntry("status", 200).containsEntry("body", Map.of());
    }

    @Test
    void keepsWhatAHeadSaysOfTheBody() {
        server = new PlayedServer(request -> request.line().startsWith("HEAD")
                ? (OK + "\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n").getBytes(UTF)
                : PlayedServer.answer(OK, "{}".getBytes(UTF)));

        var outcomes = work(Map.of("method", "HEAD", "url", server.url("/")), Map.of());

        assertThat(body(outcomes)).containsEntry("body", null);
        assertThat(headers(outcomes)).containsEntry("content-length", "5").containsEntry("content-encoding", "gzip");
        assertThat(body(get("/"))).containsEntry("status", 200);
    }

    @Test
    void leavesOutTheTransferCoding() {
        answering((OK + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n").getBytes(UTF));

        assertThat(headers(get("/"))).doesNotContainKey("transfer-encoding");
    }

    // ---- redirects

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({
        "/d/r?x=1,            ?y=2,            /d/r?y=2",
        "/d/r?x=1,            s,               /d/s",
        "/d/e/r,              ../s,            /d/s",
        "/d/r,                ./s/./t/../u,    /d/s/u",
        "/d/r,                ..,              /",
        "/d/r,                /s//t,           /s//t",
        "/d/r,                a b,             /d/a%20b",
        "/d/r,                a%20b,           /d/a%20b",
        "/d/r,                a%zz,            /d/a%25zz",
        "/d/r,                a\\b,            /d/a%5Cb",
        "/d/r,                日本?q=語,        /d/%E6%97%A5%E6%9C%AC?q=%E8%AA%9E",
    })
    void followsAReference(String from, String location, String target) {
        redirecting(location.getBytes(UTF), from);

        work(Map.of("url", server.url(from)), Map.of());

        assertThat(server.requests().getLast().path()).isEqualTo(target);
    }

    @Test
    void followsAReferenceToAHost() {
        server = new PlayedServer(request -> request.path().equals("/r")
                ? PlayedServer.answer("HTTP/1.1 302 Found\r\nLocation: //user:p%40ss@localhost:"
                        + server.url("").replaceAll(".*:", "") + "/s")
                : PlayedServer.answer(OK));

        work(Map.of("url", server.url("/r"), "headers", Map.of("Authorization", "'k'", "X-Key", "'k'")), Map.of());

        var last = server.requests().getLast();
        assertThat(last.path()).isEqualTo("/s");
        assertThat(last.header("X-Key")).isEmpty();
        assertThat(last.header("Authorization"))
                .containsExactly("Basic " + Base64.getEncoder().encodeToString("user:p@ss".getBytes(UTF)));
    }

    @Test
    void endsALoop() {
        redirecting("/r".getBytes(UTF), "/never");
        var failure = failure(Map.of("method", "POST", "url", server.url("/r")));

        assertThat(failure.text()).contains("redirects");
        assertThat(server.requests()).hasSize(6);
        assertThat(waits).isEmpty();
    }

    // ---- connections

    @Test
    void usesAKeptConnectionOnlyWhileTheServerKeepsIt() {
        server = new PlayedServer(Duration.ofMillis(100), _ -> PlayedServer.answer(OK, "{}".getBytes(UTF)));

        for (var i = 0; i < 4; i++) {
            var outcomes = work(Map.of("method", "POST", "url", server.url("/"), "retries", 0), Map.of("n", i));
            assertThat(body(outcomes)).containsEntry("status", 200);
            var closed = i + 1;
            await().atMost(Duration.ofSeconds(30)).until(() -> server.ended() == closed);
        }

        assertThat(server.requests()).hasSize(4);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"GET,2", "PUT,2", "DELETE,2", "POST,1", "PATCH,1"})
    void asksOnceMoreWhenAKeptConnectionBreaksAndThatDoesNoHarm(String method, int times) {
        var first = new boolean[] {true};
        server = new PlayedServer(request -> {
            if (request.path().equals("/kept") || !first[0]) {
                return PlayedServer.answer(OK, "{}".getBytes(UTF));
            }
            first[0] = false;
            return new byte[0];
        });
        get("/kept");

        var outcome = catchOutcome(Map.of("method", method, "url", server.url("/breaks"), "retries", 0));

        assertThat(server.requests().stream().filter(request -> request.path().equals("/breaks")))
                .hasSize(times);
        assertThat(outcome == null).isEqualTo(times == 2);
    }

    @Test
    void asksAgainAfterAnAnswerThatBreaksOff() {
        var first = new boolean[] {true};
        server = new PlayedServer(_ -> {
            var breaks = first[0];
            first[0] = false;
            return breaks
                    ? (OK + "\r\nContent-Length: 10\r\nConnection: close\r\n\r\n{}").getBytes(UTF)
                    : PlayedServer.answer(OK, "{}".getBytes(UTF));
        });

        assertThat(body(get("/"))).containsEntry("status", 200);
        assertThat(server.requests()).hasSize(2);
    }

    // ---- what goes out

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'b':[{'x':1},{'x':2}]}           | application/x-www-form-urlencoded | b%5Bx%5D=1&b%5Bx%5D=2",
                "{'c':{'d':{'e':[1,true]}}}        | application/x-www-form-urlencoded |"
                        + " c%5Bd%5D%5Be%5D=1&c%5Bd%5D%5Be%5D=true",
                "{'a':null,'b':[],'c':'x y&z','d':2.5} | application/x-www-form-urlencoded | c=x+y%26z&d=2.5",
                "{'n':'é'}                         | application/x-www-form-urlencoded | n=%C3%A9",
                "{'n':'é'}                         | application/x-www-form-urlencoded; charset=ISO-8859-1 | n=%E9",
                "'a=1&b=2'                         | application/x-www-form-urlencoded | a=1&b=2",
                "{'a':1}                           | application/vnd.api+json          | {\"a\":1}",
                "{'a':'é€'}                        | application/json; charset=ISO-8859-1 | {\"a\":\"\u00e9\\u20ac\"}",
                "'<r>x</r>'                        | application/xml                   | <r>x</r>",
                "'--b--'                           | multipart/form-data; boundary=b   | --b--",
                "5                                 | text/plain                        | 5",
            })
    void sendsABody(String body, String type, String sent) {
        answering(PlayedServer.answer(OK));

        work(
                Map.of(
                        "method",
                        "POST",
                        "url",
                        server.url("/"),
                        "body",
                        body,
                        "headers",
                        Map.of("Content-Type", "'" + type + "'")),
                Map.of());

        var charset = type.contains("8859") ? LATIN : UTF;
        assertThat(new String(server.requests().getFirst().body(), charset)).isEqualTo(sent);
        assertThat(server.requests().getFirst().header("Content-Type")).containsExactly(type);
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'é'                                                           | text/plain                     | C3A9",
                "'é'                                                           | text/plain; charset=utf-16be   | 00E9",
                "'<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r>é</r>'     | application/xml                | E9",
            })
    void sendsATextInTheCharsetOfItsType(String body, String type, String octets) {
        answering(PlayedServer.answer(OK));

        work(post(body, Map.of("Content-Type", "'" + type + "'")), Map.of());

        var hex = new StringBuilder();
        for (var octet : server.requests().getFirst().body()) {
            hex.append(String.format("%02X", octet));
        }
        assertThat(hex.toString().replaceAll("^3C3F.*3E(E9)3C.*", "$1")).isEqualTo(octets);
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'x'     | text/plain; charset=x-none",
                "{'a':'€'} | application/x-www-form-urlencoded; charset=ISO-8859-1",
                "[1,2]   | application/x-www-form-urlencoded",
                "{'a':1} | application/xml",
                "{'a':1} | application/soap+xml",
                "{'a':1} | multipart/form-data; boundary=b",
            })
    void sendsNothingWhereTheBodyCanNotBeWhatItsTypeSays(String body, String type) {
        answering(PlayedServer.answer(OK));

        var failure = failure(post(body, Map.of("Content-Type", "'" + type + "'")));

        assertThat(failure.text()).contains("body");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[[1]]",
                "'a\\r\\nX-B: b'",
                "'a\\nb'",
                "'a\\u0000'",
                "$pad('', 8190, 'x')",
                "'\\u0085'",
            })
    void sendsNothingWithAHeaderThatCanNotBeSent(String value) {
        answering(PlayedServer.answer(OK));

        for (var headers : List.<Object>of(Map.of("X-E", value), "{'X-E': " + value + "}")) {
            var failure = failure(Map.of("url", server.url("/"), "headers", headers));
            assertThat(failure.text()).contains("X-E");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void sendsHeadersAsTheyAre() {
        answering(PlayedServer.answer(OK));

        work(
                Map.of(
                        "url",
                        server.url("/"),
                        "headers",
                        "{'X-L': 'é ÿ', 'X-N': 5, 'X-B': true, 'X-D': 2.50, 'X-M': ['a', 7, 'b'], 'X-Z': null, 'X-T':"
                                + " 'a\\tb'}"),
                Map.of());

        var sent = server.requests().getFirst();
        assertThat(sent.header("X-L")).containsExactly("é ÿ");
        assertThat(sent.header("X-N")).containsExactly("5");
        assertThat(sent.header("X-B")).containsExactly("true");
        assertThat(sent.header("X-D")).containsExactly("2.5");
        assertThat(sent.header("X-M")).containsExactly("a", "7", "b");
        assertThat(sent.header("X-Z")).isEmpty();
        assertThat(sent.header("X-T")).containsExactly("a\tb");
    }

    /** As the language's {@code $string} writes it; what no double holds keeps its digits. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1234567.89 * 10       | 12345678.9",
                "1 / 10000             | 0.0001",
                "0.1 + 0.2             | 0.3",
                "-1 / 10000            | -0.0001",
                "$power(10, 20) * 1.5  | 150000000000000000000",
                "$power(10, 21)        | 1e+21",
                "$power(10, -7)        | 1e-7",
                "price                 | 2.5",
                "small                 | 0.0001",
                "id                    | 12345678901234567890",
                "fine                  | 0.12345678901234567890123",
            })
    void writesANumberInATextAsExpressionsDo(String number, String text) {
        answering(PlayedServer.answer(OK));
        var message = Map.<String, Object>of(
                "price", new BigDecimal("2.50"),
                "small", new BigDecimal("1.0E-4"),
                "id", new BigInteger("12345678901234567890"),
                "fine", new BigDecimal("0.12345678901234567890123"));

        work(
                Map.of(
                        "method",
                        "POST",
                        "url",
                        server.url("/"),
                        "headers",
                        Map.of("X-N", number, "Content-Type", "'application/x-www-form-urlencoded'"),
                        "body",
                        "{'n': " + number + "}"),
                message);

        var sent = server.requests().getFirst();
        assertThat(sent.header("X-N")).containsExactly(text);
        assertThat(sent.text()).isEqualTo("n=" + text.replace("+", "%2B"));
    }

    @Test
    void marksAFailureThatQuotesTheServerAndNoOther() {
        var answers = new ArrayDeque<>(List.of(
                "HTTP/1.1 400 Bad\r\nContent-Length: 12\r\n\r\naccount 4711",
                "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http://a..b/4711\r\nContent-Length: 0\r\n\r\n"));
        server = new PlayedServer(_ -> PlayedServer.answer(answers.remove()));
        var fields = Map.<String, Object>of("url", server.url("/"));

        var quoted = failure(fields);
        var empty = failure(fields);
        var redirected = failure(fields);
        var own = failure(Map.of("url", "''"));

        assertThat(List.of(quoted, empty, redirected, own))
                .extracting(StepFailure::isQuoting)
                .containsExactly(true, true, true, false);
        assertThat(quoted.text()).contains("4711");
        assertThat(redirected.text()).contains("4711");
    }

    /** The address, and with it the host, may be of the message's values. */
    @Test
    void marksAFailureThatQuotesTheAddressOrAHeader() {
        var fields = List.of(
                Map.<String, Object>of("url", "'account4711'"),
                Map.<String, Object>of("url", "'http://account4711.invalid/'", "retries", 0),
                Map.<String, Object>of("url", "'http://127.0.0.1/'", "headers", "{'account 4711': 'x'}"),
                Map.<String, Object>of(
                        "url",
                        "'http://127.0.0.1/'",
                        "method",
                        "POST",
                        "headers",
                        "{'Content-Type': 'text/x; charset=x4711'}",
                        "body",
                        "'x'"));

        for (var given : fields) {
            var failure = failure(given);

            assertThat(failure.text()).contains("4711");
            assertThat(failure.isQuoting()).as(failure.text()).isTrue();
        }
    }

    @Test
    void sendsALiteralNull() {
        answering(PlayedServer.answer(OK));
        var fields = new HashMap<String, Object>(Map.of("method", "POST", "url", server.url("/")));
        fields.put("body", null);

        work(fields, Map.of("n", 1));

        assertThat(server.requests().getFirst().text()).isEqualTo("null");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'  '                            | empty",
                "gone                            | nothing",
                "5                               | no text",
                "{'a':1}                         | no text",
                "'ftp://x.test/'                 | does not start with",
                "'x.test/a'                      | does not start with",
                "'http://'                       | no host",
                "'http:///x'                     | no host",
                "'http://u:p w@x.test/'          | percent-encoded",
                "'http://u:p\"w@x.test/'         | percent-encoded",
                "'http://u w:p@x.test/'          | percent-encoded",
                "'http://x.test:99999/'          | port",
                "'http://x.test:0/'              | port",
                "'http://x.test:8x/'             | port",
                "'http://exa mple.test/'         | host is no name",
                "'http://a..b/'                  | host is no name",
                "'http://[::1/'                  | host",
                "'http://[fe80::1%25eth0]/'      | IPv6",
                "'http://x.test\\\\@y.test/'     | no name",
                "'http://\\uD800.test/'          | host",
            })
    void saysWhatIsWrongWithAnAddress(String url, String why) {
        var failure = failure(Map.of("url", url));

        assertThat(failure.text()).startsWith("url ").contains(why);
        assertThat(failure.text()).doesNotContain("{a=");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "http://_a._b.invalid/,               _a._b.invalid",
        "http://müller.invalid/,              xn--mller-kva.invalid",
        "http://Straße.invalid/,              xn--strae-oqa.invalid",
        "http://ὀδυσσεύς.invalid/,            xn--pxac3bcak3d8526a.invalid",
        "http://faß😀.invalid/,               xn--fa-hia07242c.invalid",
        "http://😀.invalid/,                  xn--e28h.invalid",
        "http://🫠.invalid/,                  xn--129h.invalid",
        "http://日本。invalid/,                xn--wgv71a.invalid",
        "http://USER:pass@My.Invalid./x,      my.invalid.",
        "https://my_service.invalid:8443/x,   my_service.invalid",
    })
    void looksForAHostOfAnyName(String url, String host) {
        var failure = failure(Map.of("url", url, "retries", 0));

        assertThat(failure.text()).isEqualTo("The host " + host + " is not known.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/a b?c=d e,             /a%20b?c=d%20e",
        "/ü/😀?q=日本,            /%C3%BC/%F0%9F%98%80?q=%E6%97%A5%E6%9C%AC",
        "/%C3%BC%2F?a=%20,       /%C3%BC%2F?a=%20",
        "/100%?a=5%,             /100%25?a=5%25",
        "/a/../b/./c,            /a/../b/./c",
        "//a//b,                 //a//b",
        "?a=1,                   /?a=1",
        "'',                     /",
        "/a#part,                /a",
        "/a[1]?b[c]=d,           /a[1]?b[c]=d",
        "/a?b=c?d/e,             /a?b=c?d/e",
    })
    void callsAnAddressAsItIsWritten(String written, String target) {
        answering(PlayedServer.answer(OK));

        get(written);

        assertThat(server.requests().getFirst().path()).isEqualTo(target);
    }

    @Test
    void logsInWithTheUserOfAnAddress() {
        answering(PlayedServer.answer(OK));

        work(Map.of("url", server.url("/").replace("127", "us%C3%A9r:p+a%3Ass@w@127")), Map.of());

        var sent = server.requests().getFirst();
        assertThat(sent.header("Authorization"))
                .containsExactly("Basic " + Base64.getEncoder().encodeToString("usér:p+a:ss@w".getBytes(UTF)));
        assertThat(sent.header("Host")).containsExactly(server.url("").substring(7));
    }

    // ----

    private void answering(byte[] answer) {
        server = new PlayedServer(_ -> answer);
    }

    private void redirecting(byte[] location, String from) {
        var found = PlayedServer.join(
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ".getBytes(UTF),
                location,
                "\r\n\r\n".getBytes(UTF));
        Function<Request, byte[]> answers =
                request -> request.path().equals(from) && server.requests().size() == 1 || from.equals("/never")
                        ? found
                        : PlayedServer.answer(OK);
        server = new PlayedServer(answers);
    }

    private Map<String, Object> post(Object body, Map<String, Object> headers) {
        return Map.of("method", "POST", "url", server.url("/"), "body", body, "headers", headers);
    }

    private List<Outcome> get(String path) {
        return work(Map.of("url", server.url(path)), Map.of());
    }

    private List<Outcome> work(Map<String, Object> fields, Object body) {
        var request = new HttpRequestBuiltin(
                EXPRESSIONS.expressions(),
                new HttpRedirects(caller),
                new AnswerRoom(256 << 20),
                new RetrySchedule(Clock.systemUTC()),
                waits::add,
                JSON);
        return WorkedStep.work(request, fields, StepMessage.of(body));
    }

    private StepFailure failure(Map<String, Object> fields) {
        return catchThrowableOfType(StepFailure.class, () -> work(fields, Map.of()));
    }

    private StepFailure catchOutcome(Map<String, Object> fields) {
        try {
            work(fields, Map.of());
            return null;
        } catch (StepFailure e) {
            return e;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(List<Outcome> outcomes) {
        return (Map<String, Object>)
                ((Outcome.Data) outcomes.getLast()).message().body();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> headers(List<Outcome> outcomes) {
        return (Map<String, Object>) body(outcomes).get("headers");
    }

    private static byte[] marked(String text) {
        return ("\uFEFF" + text).getBytes(UTF);
    }

    private static String base64(int... octets) {
        var bytes = new byte[octets.length];
        for (var i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return "\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
    }

    private static byte[] gzip(byte[] plain) {
        return packed(plain, out -> {
            try {
                return new GZIPOutputStream(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static byte[] deflate(byte[] plain, boolean bare) {
        return packed(plain, out -> new DeflaterOutputStream(out, new Deflater(9, bare)));
    }

    private static byte[] packed(byte[] plain, Function<OutputStream, OutputStream> coding) {
        var bytes = new ByteArrayOutputStream();
        try (var out = coding.apply(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
