package dev.weft.standalone.suite;

import static dev.weft.common.http.PlayedServer.answer;
import static dev.weft.standalone.suite.Api.node;
import static dev.weft.standalone.suite.CaseFlows.HOOK;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.http.PlayedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What a step sends to a server, and what becomes of the answer. A number is a row of the contract's table of cases "HTTP
 * requests", a letter behind it a sibling. {@code HttpCasesTest} of the execution-service has many more siblings.
 */
@ExtendWith(LogsOfFailure.class)
class RequestCasesIT {

    private static final String OK = "HTTP/1.1 200 OK";

    private static CaseFlows flows;

    @BeforeAll
    static void start() throws Exception {
        flows = new CaseFlows()
                .flow("get", calling(Map.of("retries", 0)))
                .flow("get that warns", calling(Map.of("retries", 0)))
                .flow("post", calling(Map.of("method", "POST", "body", "b")))
                .flow("post once", calling(Map.of("method", "POST", "body", "b", "retries", 0)))
                .flow("put", calling(Map.of("method", "PUT", "body", "b")))
                .start();
    }

    @AfterAll
    static void end() {
        flows.close();
    }

    /** A call says which address is called with which headers and body, and is answered with what came of it. */
    private static List<Map<String, Object>> calling(Map<String, Object> fields) {
        var all = new HashMap<String, Object>(Map.of("url", "url", "headers", "h"));
        all.putAll(fields);
        return List.of(
                HOOK, node("call", "weft/http:request", all), node("reply", "weft/http:reply", Map.of("body", "$")));
    }

    private static HttpResponse<byte[]> call(String flow, String url, String headers, String body) throws Exception {
        return flows.post(
                flow,
                "{\"url\":%s,\"h\":%s,\"b\":%s}"
                        .formatted(Api.JSON.writeValueAsString(url), json(headers), json(body)));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static JsonNode get(PlayedServer server, String path) throws Exception {
        return CaseFlows.sent(call("get", server.url(path), "{}", "null"));
    }

    private static String error(HttpResponse<byte[]> answer) {
        return flows.failure(answer).path("message").stringValue();
    }

    // ---- addresses and headers that can not be used

    /** @param why words of the error record, which also names what can not be used */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "H1   | http://my_service.invalid/x | {}                  | my_service.invalid | not known",
                "H1a  | http://_a.b_c.invalid:81/   | {}                  | _a.b_c.invalid     | not known",
                "H1b  | http://müller.invalid/      | {}                  | mller-kva.invalid  | not known",
                "H2   | ~~                          | {}                  | url                | is empty",
                "H2a  | http://                     | {}                  | url                | no host",
                "H2b  | ftp://x.test/               | {}                  | url                | http://",
                "H15  | SERVER                      | {'X-E':'5 €'}       | X-E                | sent",
                "H15  | SERVER                      | {'X-O':{'a':1}}     | X-O                | sent",
                "H15a | SERVER                      | {'X-O':[{'a':1}]}   | X-O                | sent",
                "H15b | SERVER                      | {'X-E':'a\\r\\nX: b'} | X-E              | sent",
                "H15c | SERVER                      | {'Cookie':[['b']]}  | Cookie             | sent",
                "H15d | SERVER                      | {'Content-Type':{}} | Content-Type       | sent",
            })
    void isNotSent(String id, String url, String headers, String name, String why) throws Exception {
        try (var server = new PlayedServer(_ -> answer(OK))) {
            for (var flow : List.of("get", "post once")) {
                var answer = call(flow, url.replace("SERVER", server.url("/")), headers, "{'a':1}");

                assertThat(error(answer)).contains(name, why).doesNotContain("{a=", "Range");
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    // ---- answers

    /** @param right members of what the step emits; one that is null is not there */
    record Came(String id, String headers, byte[] body, String right) {

        @Override
        public String toString() {
            return id + " " + headers.strip() + " " + new String(body, ISO_8859_1);
        }
    }

    static List<Came> answers() throws IOException {
        var json = "{\"a\":\"é\"}";
        var is = "{\"body\":{\"a\":\"é\"}}";
        var png = new byte[] {(byte) 0x89, 'P', 'N', 'G'};
        return List.of(
                came("H3", "Content-Type: application/json; charset=ISO-8859-1", json.getBytes(ISO_8859_1), is),
                came("H3a", "Content-Type: application/problem+json;charset=\"latin1\"", json.getBytes(ISO_8859_1), is),
                came("H3b", "Content-Type: application/json; charset=UTF-16BE", json.getBytes(charset("UTF-16BE")), is),
                came("H3c", "Content-Type: application/json", ("\uFEFF" + json).getBytes(UTF_8), is),
                came("H3d", "Content-Type: text/json", "\uFEFF\uFEFF{\"a\":\"é\"}".getBytes(UTF_8), is),
                came("H3e", "Content-Type: application/json", json.getBytes(charset("X-UTF-32LE-BOM")), is),
                came(
                        "H3f",
                        "Content-Type: application/json; charset=GB18030",
                        ("\uFEFF" + json).getBytes(charset("GB18030")),
                        is),
                came(
                        "H3g",
                        "Content-Type: text/plain; charset=windows-1252",
                        "5 €".getBytes(charset("windows-1252")),
                        "{\"body\":\"5 €\"}"),
                came("H5", "Content-Type: image/png", png, "{\"body\":\"iVBORw==\",\"body_encoding\":\"base64\"}"),
                came(
                        "H5",
                        "Content-Type: text/html",
                        "<p>".getBytes(UTF_8),
                        "{\"body\":\"<p>\",\"body_encoding\":null}"),
                came(
                        "H5a",
                        "Content-Type: application/pdf",
                        png,
                        "{\"body\":\"iVBORw==\",\"body_encoding\":\"base64\"}"),
                came(
                        "H5b",
                        "Content-Type: image/svg+xml",
                        "<svg/>".getBytes(UTF_8),
                        "{\"body\":\"<svg/>\",\"body_encoding\":null}"),
                came("H5c", "X-A: b", png, "{\"body\":\"iVBORw==\",\"body_encoding\":\"base64\"}"),
                came(
                        "H6",
                        "Set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\r\nSet-Cookie: b=2",
                        new byte[0],
                        "{\"headers\":{\"set-cookie\":[\"a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\",\"b=2\"]}}"),
                came("H6", "Set-Cookie: a=1", new byte[0], "{\"headers\":{\"set-cookie\":\"a=1\"}}"),
                came("H6a", "Link: </a>\r\nlink: </b>", new byte[0], "{\"headers\":{\"link\":[\"</a>\",\"</b>\"]}}"),
                came(
                        "H7",
                        "Content-Type: application/json\r\nContent-Encoding: gzip",
                        gzip(json),
                        "{\"body\":{\"a\":\"é\"},\"headers\":{\"content-encoding\":null,\"content-length\":null}}"),
                came(
                        "H7a",
                        "Content-Type: text/plain\r\nContent-Encoding: x-gzip",
                        gzip("é"),
                        "{\"body\":\"é\",\"headers\":{\"content-encoding\":null,\"content-length\":null}}"));
    }

    private static Came came(String id, String headers, byte[] body, String right) {
        return new Came(id, headers, body, right);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void anAnswer(Came came) throws Exception {
        try (var server = new PlayedServer(_ -> answer(OK + "\r\n" + came.headers(), came.body()))) {
            assertHolds(get(server, "/"), Api.JSON.readTree(came.right()));
        }
    }

    private static void assertHolds(JsonNode found, JsonNode right) {
        right.properties().forEach(member -> {
            var value = found.path(member.getKey());
            if (member.getKey().equals("headers")) {
                assertHolds(value, member.getValue());
            } else if (member.getValue().isNull()) {
                assertThat(value.isMissingNode()).as(member.getKey()).isTrue();
            } else {
                assertThat(value).isEqualTo(member.getValue());
            }
        });
    }

    @Test
    @DisplayName("H4 broken JSON is a text and a warning")
    void h4() throws Exception {
        try (var server =
                new PlayedServer(_ -> answer(OK + "\r\nContent-Type: application/json", "{bad".getBytes(UTF_8)))) {
            var answer = CaseFlows.sent(call("get that warns", server.url("/"), "{}", "null"));

            assertThat(answer.path("body").stringValue()).isEqualTo("{bad");
        }
        var logs = "/v2/logs?workspace_id=" + flows.api().workspace() + "&levels%5B%5D=40&flow_ids%5B%5D="
                + flows.id("get that warns");
        Awaitility.await("the warning")
                .atMost(Duration.ofSeconds(60))
                .until(() -> flows.api().get(logs).body().path("total").intValue() == 1);
    }

    @ParameterizedTest(name = "{0} {1} of {2} over plain text")
    @CsvSource({"H8, gzip, post", "H8a, deflate, post", "H8b, br, post", "H8c, gzip, put"})
    void isSentOnceThoughTheAnswerCanNotBeRead(String id, String coding, String flow) throws Exception {
        try (var server = new PlayedServer(_ -> answer(OK + "\r\nContent-Encoding: " + coding, "{}".getBytes(UTF_8)))) {
            var answer = call(flow, server.url("/"), "{}", "{'a':1}");

            assertThat(error(answer)).contains(coding);
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** @param location octets as letters */
    @ParameterizedTest(name = "{0} {1} to {2}")
    @CsvSource({
        "H9,   /d/r,     ?y=2,       /d/r?y=2",
        "H9a,  /d/r?x=1, #part,      /d/r?x=1",
        "H9b,  /d/e/r,   ../../../s, /s",
        "H9c,  /d/r,     s;t=1,      /d/s;t=1",
        "H10,  /d/r,     cafÃ©,      /d/caf%C3%A9",
        "H10a, /d/r,     café,       /d/caf%C3%A9",
        "H10b, /d/r,     /æ\u0097¥,  /%E6%97%A5",
        "H11,  /d/r,     e?f={1},    /d/e?f=%7B1%7D",
        "H11a, /d/r,     a b|c,      /d/a%20b%7Cc",
        "H11b, /d/r,     a%20b%2F,   /d/a%20b%2F",
    })
    void aRedirect(String id, String from, String location, String target) throws Exception {
        var found = PlayedServer.join(
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ".getBytes(UTF_8),
                location.getBytes(ISO_8859_1),
                "\r\n\r\n".getBytes(UTF_8));
        var first = new AtomicBoolean(true);
        try (var server = new PlayedServer(_ -> first.getAndSet(false) ? found : answer(OK))) {
            get(server, from);

            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().getLast().path()).isEqualTo(target);
        }
    }

    @Test
    @DisplayName("H12 a kept connection that the server closes in between fails no call")
    void h12() throws Exception {
        try (var server = new PlayedServer(Duration.ofMillis(300), _ -> answer(OK, "{}".getBytes(UTF_8)))) {
            for (var i = 0; i < 6; i++) {
                var answer = CaseFlows.sent(call("post once", server.url("/"), "{}", "{'a':1}"));

                assertThat(answer.path("status").intValue()).isEqualTo(200);
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }

            assertThat(server.requests()).hasSize(6);
        }
    }

    // ---- bodies

    /** @param sent octets as letters */
    @ParameterizedTest(name = "{0} {2} as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "H13  | application/x-www-form-urlencoded  | {'b':[1,2],'c':{'d':1}} | b=1&b=2&c%5Bd%5D=1",
                "H13a | application/x-www-form-urlencoded  | {'c':{'d':{'e':[true,'x y']}}} |"
                        + " c%5Bd%5D%5Be%5D=true&c%5Bd%5D%5Be%5D=x+y",
                "H13b | application/x-www-form-urlencoded; charset=ISO-8859-1 | {'n':'é'} | n=%E9",
                "H13c | application/json; charset=utf-8    | {'b':[1],'c':null}      | {\"b\":[1],\"c\":null}",
                "H14  | text/plain; charset=ISO-8859-1     | 'é'                     | é",
                "H14a | text/csv; charset=windows-1252     | '5 €'                   | 5 \u0080",
                "H14b | text/plain                         | 'é'                     | Ã©",
                "H14c | application/json; charset=utf-8    | null                    | null",
            })
    void aBodyThatIsSent(String id, String type, String body, String sent) throws Exception {
        try (var server = new PlayedServer(_ -> answer(OK))) {
            for (var flow : List.of("post", "put")) {
                CaseFlows.sent(call(flow, server.url("/"), "{'Content-Type':'" + type + "'}", body));

                assertThat(new String(server.requests().getLast().body(), ISO_8859_1))
                        .isEqualTo(sent);
            }
        }
    }

    @ParameterizedTest(name = "{0} {2} as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "H14d | text/plain; charset=ISO-8859-1 | '5 €'",
                "H14e | application/xml                | {'a':1}",
                "H13d | application/x-www-form-urlencoded | [1]",
            })
    void aBodyThatCanNotBeSent(String id, String type, String body) throws Exception {
        try (var server = new PlayedServer(_ -> answer(OK))) {
            var answer = call("post once", server.url("/"), "{'Content-Type':'" + type + "'}", body);

            assertThat(error(answer)).contains("body");
            assertThat(server.requests()).isEmpty();
        }
    }

    private static Charset charset(String name) {
        return Charset.forName(name);
    }

    private static byte[] gzip(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }
}
