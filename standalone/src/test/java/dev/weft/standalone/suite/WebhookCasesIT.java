package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.node;
import static dev.weft.standalone.suite.CaseFlows.HOOK;
import static dev.weft.standalone.suite.CaseFlows.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What senders send, and what a flow's message then holds. A number is a row of the contract's table of cases "Webhooks
 * in", a letter behind it a sibling. {@code WebhooksInIT} of the gateway has many more siblings.
 */
@ExtendWith(LogsOfFailure.class)
class WebhookCasesIT {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String XML = "application/xml";
    private static final String PARTS = "multipart/form-data; boundary=b";

    private static CaseFlows flows;

    @BeforeAll
    static void start() throws Exception {
        var echo = node("echo", "weft/http:reply", Map.of("body", "$"));
        flows = new CaseFlows()
                .flow("echo", List.of(HOOK, echo))
                .flow("raw", List.of(node("hook", "weft/webhook:receive", Map.of("raw", true)), echo))
                .flow("silent", List.of(HOOK))
                .flow("looked at", List.of(HOOK))
                .flow(
                        "form",
                        List.of(
                                HOOK,
                                node(
                                        "map",
                                        "weft/mapper:map",
                                        Map.of("expression", "{\"email\": email, \"doc\": $msg.attachments.doc}")),
                                node(
                                        "code",
                                        "weft/code:execute",
                                        Map.of("code", "async function run(msg) { return msg.body; }")),
                                echo))
                .flow("pages", List.of(hook("https://a.test", "https://b.test"), echo))
                .flow("all pages", List.of(hook("*"), echo))
                .start();
    }

    @AfterAll
    static void end() {
        flows.close();
    }

    private static Map<String, Object> hook(String... origins) {
        return node("hook", "weft/webhook:receive", Map.of("cors_origins", List.of(origins)));
    }

    /**
     * @param coding Content-Encoding; empty: none
     * @param status of the answer
     * @param right  the message's body; of a refusal a word of its detail
     */
    record Sent(String id, String type, String coding, byte[] body, int status, String right) {

        @Override
        public String toString() {
            var text = new String(body, UTF_8);
            return "%s %s %s %s".formatted(id, type, coding, text.substring(0, Math.min(70, text.length())));
        }
    }

    private static Sent sent(String id, String type, byte[] body, String right) {
        return new Sent(id, type, "", body, 200, right);
    }

    private static Sent sent(String id, String type, String body, String right) {
        return sent(id, type, body.getBytes(UTF_8), right);
    }

    private static Sent refused(String id, String type, String body, String word) {
        return new Sent(id, type, "", body.getBytes(UTF_8), 400, word);
    }

    static List<Sent> bodies() throws IOException {
        var json = "{\"a\":1}".getBytes(UTF_8);
        return List.of(
                sent("W1", JSON, bom("{\"a\":1}"), "{\"a\":1}"),
                sent("W1a", "application/vnd.api+json", bom("{\"a\":1}"), "{\"a\":1}"),
                sent("W1b", JSON, "{\"a\":\"é\"}".getBytes(UTF_16), "{\"a\":\"é\"}"),
                sent("W1c", JSON, bom("\uFEFF{\"a\":1}"), "{\"a\":1}"),
                sent("W1d", JSON + "; charset=GB18030", "\uFEFF{\"a\":1}".getBytes(charset("GB18030")), "{\"a\":1}"),
                sent("W3", FORM, bom("a=1&b=2"), "{\"a\":\"1\",\"b\":\"2\"}"),
                sent("W3a", "text/plain", bom("hé"), "{\"rawData\":\"hé\"}"),
                sent("W3b", "application/x-ndjson", bom("{}\n{}\n"), "{\"rawData\":\"{}\\n{}\\n\"}"),
                sent("W3c", FORM, bom("\uFEFFa=1"), "{\"a\":\"1\"}"),
                sent("W4", XML, bom("<r>x</r>"), "{\"r\":\"x\"}"),
                sent("W4a", "text/xml", bom("<?xml version='1.0'?><r>x</r>"), "{\"r\":\"x\"}"),
                sent("W4b", XML, bom("\uFEFF<r>x</r>"), "{\"r\":\"x\"}"),
                sent("W5", XML, declared("ISO-8859-1").getBytes(ISO_8859_1), "{\"r\":\"é\"}"),
                sent("W5", XML, declared("UTF-16").getBytes(UTF_16), "{\"r\":\"é\"}"),
                sent("W5a", XML, joined(new byte[] {-1, -2}, "<r>é</r>".getBytes(UTF_16LE)), "{\"r\":\"é\"}"),
                sent("W5b", "text/xml", declared("windows-1252").getBytes(ISO_8859_1), "{\"r\":\"é\"}"),
                sent(
                        "W5c",
                        "application/atom+xml",
                        "<?xml version='1.0' encoding='windows-1251'?><r>Ж</r>".getBytes(charset("windows-1251")),
                        "{\"r\":\"Ж\"}"),
                sent("W5d", XML + "; charset=utf-8", declared("ISO-8859-1"), "{\"r\":\"é\"}"),
                sent("W6", FORM + "; charset=ISO-8859-1", "n=%E9t%E9", "{\"n\":\"été\"}"),
                sent("W6a", FORM + "; charset=windows-1252", "n=%80", "{\"n\":\"€\"}"),
                sent("W6b", FORM + "; charset=EUC-JP", "n=%C6%FC", "{\"n\":\"日\"}"),
                sent(
                        "W6c",
                        JSON + "; charset=Shift_JIS",
                        "{\"a\":\"テ\"}".getBytes(charset("Shift_JIS")),
                        "{\"a\":\"テ\"}"),
                refused("W7", FORM, "n=%E9t%E9", "UTF-8"),
                new Sent("W7a", JSON, "", "{\"a\":\"é\"}".getBytes(ISO_8859_1), 400, "UTF-8"),
                new Sent("W7b", "text/csv", "", "é".getBytes(ISO_8859_1), 400, "UTF-8"),
                new Sent("W7c", "text/plain; charset=us-ascii", "", "é".getBytes(UTF_8), 400, "US-ASCII"),
                new Sent("W7d", PARTS, "", parts(field("a", "é")).getBytes(ISO_8859_1), 400, "UTF-8"),
                sent(
                        "W8",
                        XML,
                        "<rss xmlns:i=\"urn:i\"><title>A</title><i:title>B</i:title></rss>",
                        "{\"rss\":{\"title\":\"A\",\"i:title\":\"B\"}}"),
                sent("W8", XML, "<r n=\"1\"><n>2</n><n>3</n></r>", "{\"r\":{\"n\":[\"1\",\"2\",\"3\"]}}"),
                sent("W8a", XML, "<r xmlns:i=\"urn:i\" i:n=\"1\"><n>2</n></r>", "{\"r\":{\"i:n\":\"1\",\"n\":\"2\"}}"),
                sent(
                        "W8b",
                        "application/soap+xml",
                        "<s:E xmlns:s=\"urn:s\"><s:B>1</s:B></s:E>",
                        "{\"s:E\":{\"s:B\":\"1\"}}"),
                sent("W9", XML, "<!DOCTYPE r><r>1</r>", "{\"r\":\"1\"}"),
                refused("W9", XML, "<!DOCTYPE r []><r>1</r>", "XML"),
                refused("W9", XML, "<!DOCTYPE r [<!ENTITY x 'y'>]><r>&x;</r>", "XML"),
                refused("W9", XML, "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/r.dtd\"><r>1</r>", "XML"),
                refused("W9a", "text/xml", "<!DOCTYPE r PUBLIC \"-//x\" \"r.dtd\"><r>1</r>", "XML"),
                sent("W10", "text/xml", "<a>1</a>", "{\"a\":\"1\"}"),
                sent("W10a", "application/rss+xml", "<a>1</a>", "{\"a\":\"1\"}"),
                sent("W11", "text/json", "{\"a\":1}", "{\"a\":1}"),
                sent("W11a", "text/json; charset=utf-8", "[1]", "{\"value\":[1]}"),
                sent(
                        "W12",
                        PARTS,
                        parts(field("email", "a@b.c"), field("n", ""), field("t", "1"), field("t", "2")),
                        "{\"email\":\"a@b.c\",\"n\":\"\",\"t\":[\"1\",\"2\"]}"),
                sent("W12a", "multipart/form-data; boundary=\"b\"", parts(field("é", "😀")), "{\"é\":\"😀\"}"),
                sent("W13", PARTS, parts(field("email", "a@b.c"), file("doc", "x.txt")), "{\"email\":\"a@b.c\"}"),
                new Sent("W14", JSON, "gzip", gzip(json), 200, "{\"a\":1}"),
                new Sent("W14", JSON, "deflate", deflate(json), 200, "{\"a\":1}"),
                new Sent("W14a", JSON, "x-gzip", gzip(bom("{\"a\":1}")), 200, "{\"a\":1}"),
                new Sent("W14b", JSON, "deflate, gzip", gzip(deflate(json)), 200, "{\"a\":1}"),
                new Sent("W14c", FORM, "gzip", gzip("a=1".getBytes(UTF_8)), 200, "{\"a\":\"1\"}"),
                new Sent("W15", JSON, "br", json, 415, "br"),
                new Sent("W15", JSON, "gzip", json, 400, "gzip"),
                new Sent("W15a", JSON, "deflate", json, 400, "deflate"),
                new Sent("W15b", JSON, "gzip, zstd", json, 415, "zstd"),
                new Sent("W16", JSON, "gzip", gzip(large()), 413, "unpacked"),
                new Sent("W16a", "text/plain", "deflate", deflate(large()), 413, "unpacked"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aBody(Sent sent) throws Exception {
        var headers = sent.coding().isEmpty()
                ? Map.of("Content-Type", sent.type())
                : Map.of("Content-Type", sent.type(), "Content-Encoding", sent.coding());

        var answer = flows.call("POST", "echo", headers, sent.body());

        if (sent.status() == 200) {
            assertThat(CaseFlows.sent(answer)).isEqualTo(Api.JSON.readTree(sent.right()));
        } else {
            assertThat(answer.statusCode()).isEqualTo(sent.status());
            assertThat(CaseFlows.json(answer).at("/errors/0/detail").stringValue())
                    .contains(sent.right());
        }
    }

    @Test
    @DisplayName("W2 a mark before JSON, to a flow without a reply")
    void w2() throws Exception {
        var answer = flows.call("POST", "silent", Map.of("Content-Type", JSON), bom("{\"a\":1}"));

        var ended = flows.execution(answer, "completed");
        assertThat(ended.at("/steps/0/outputs/0/body/a").intValue()).isEqualTo(1);
    }

    @Test
    @DisplayName("W10b, W11b a raw text stands beside what it says where the trigger asks for it")
    void rawText() throws Exception {
        var xml = flows.call("POST", "raw", Map.of("Content-Type", "text/xml"), bom("<a>1</a>"));
        var json = flows.call("POST", "raw", Map.of("Content-Type", "text/json"), "{\"a\":1}".getBytes(UTF_8));

        assertThat(CaseFlows.sent(xml)).hasToString("{\"a\":\"1\",\"rawData\":\"<a>1</a>\"}");
        assertThat(CaseFlows.sent(json)).hasToString("{\"a\":1,\"rawData\":\"{\\\"a\\\":1}\"}");
    }

    @Test
    @DisplayName("W13 a file of a form is an attachment, which is read where its execution says")
    void w13() throws Exception {
        var form = parts(
                field("email", "a@b.c"),
                "Content-Disposition: form-data; name=\"doc\"; filename=\"<x>.html\"\r\n"
                        + "Content-Type: text/html; charset=utf-8\r\n\r\n<script>é</script>");

        var answer = flows.call("POST", "form", Map.of("Content-Type", PARTS), form.getBytes(UTF_8));

        var body = CaseFlows.sent(answer);
        assertThat(body.path("email").stringValue()).isEqualTo("a@b.c");
        var execution = flows.only("form");
        var ended = flows.api().awaitExecution(execution, "completed");
        var attachment = ended.at("/steps/0/outputs/0/attachments/doc");
        assertThat(body.path("doc")).isEqualTo(attachment);
        assertThat(attachment.path("filename").stringValue()).isEqualTo("<x>.html");
        assertThat(attachment.path("size").intValue()).isEqualTo(19);
        // Nowhere is the content itself.
        assertThat(ended.toString())
                .doesNotContain(Base64.getEncoder().encodeToString("<script>é</script>".getBytes(UTF_8)), "<script>");

        var url = attachment.path("url").stringValue();
        var file = flows.file(url);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(new String(file.body(), UTF_8)).isEqualTo("<script>é</script>");
        assertThat(header(file, "Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(file, "Content-Security-Policy")).isEqualTo("sandbox");
        assertThat(header(file, "Content-Disposition"))
                .startsWith("attachment;")
                .contains("%3Cx%3E.html");
        assertThat(new Api(Topology.shared().gateway(1), "nobody@x.test", "none")
                        .get(url)
                        .status())
                .isEqualTo(401);
        assertThat(flows.file(url.replace("attachments/1", "attachments/2")).statusCode())
                .isEqualTo(404);
        assertThat(flows.file(url.replace(execution, "0".repeat(32))).statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("W17 HEAD finds an active webhook flow and fires nothing")
    void w17() throws Exception {
        var answer = flows.call("HEAD", "looked at", Map.of(), new byte[0]);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        // What was fired before has been recorded before.
        flows.execution(flows.post("looked at", "{}"), "completed");
        assertThat(flows.only("looked at")).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} {1} from {2} to {3}")
    @CsvSource({
        "W18,  OPTIONS, https://a.test, pages,     204, https://a.test",
        "W18a, OPTIONS, https://c.test, pages,     204, ''",
        "W18b, HEAD,    https://a.test, pages,     200, https://a.test",
        "W19,  POST,    https://a.test, pages,     200, https://a.test",
        "W19a, GET,     https://b.test, pages,     200, https://b.test",
        "W19b, POST,    https://c.test, pages,     200, ''",
        "W19c, PUT,     https://a.test, pages,     405, https://a.test",
        "W20,  OPTIONS, https://a.test, all pages, 204, *",
        "W20,  GET,     https://a.test, all pages, 200, *",
        "W20,  POST,    https://a.test, echo,      200, ''",
        "W20a, OPTIONS, https://a.test, echo,      405, ''",
        "W20b, POST,    null,           all pages, 200, *",
    })
    void aPage(String id, String method, String origin, String flow, int status, String allowed) throws Exception {
        var asked = Map.of(
                "Origin", origin,
                "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "content-type,x-eio-signature");

        var answer = flows.call(method, flow, asked, new byte[0]);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(allowed);
        if (status == 204 && !allowed.isEmpty()) {
            assertThat(header(answer, "Access-Control-Allow-Methods")).contains("POST");
            assertThat(header(answer, "Access-Control-Allow-Headers")).contains("content-type", "x-eio-signature");
        }
        if (flow.equals("pages")) {
            assertThat(answer.headers().allValues("Vary")).contains("Origin");
        }
        if (allowed.isEmpty()) {
            assertThat(names(answer)).noneMatch(name -> name.startsWith("access-control-"));
        }
    }

    @Test
    @DisplayName("W20c origins that are none are refused")
    void originsThatAreNone() {
        for (var origins : List.of(
                "https://a.test",
                List.of("a.test"),
                List.of("https://a.test/"),
                List.of("https://a.test/x"),
                List.of("*", "https://a.test"),
                List.of(1),
                List.of("null"))) {
            var nodes = List.of(node("hook", "weft/webhook:receive", Map.of("cors_origins", origins)));

            var answer = flows.api().create(nodes, List.of(), Map.of());

            assertThat(answer.status()).as(origins + " " + answer).isEqualTo(400);
            assertThat(answer.pointer()).contains("cors_origins");
        }
    }

    private static List<String> names(HttpResponse<?> answer) {
        return answer.headers().map().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    // ---- what is sent

    private static byte[] bom(String text) {
        return ("\uFEFF" + text).getBytes(UTF_8);
    }

    private static String declared(String charset) {
        return "<?xml version=\"1.0\" encoding=\"" + charset + "\"?><r>é</r>";
    }

    private static String field(String name, String value) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
    }

    private static String file(String name, String filename) {
        return "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + filename
                + "\"\r\nContent-Type: text/plain\r\n\r\nhello";
    }

    private static String parts(String... parts) {
        var body = new StringBuilder();
        for (var part : parts) {
            body.append("--b\r\n").append(part).append("\r\n");
        }
        return body.append("--b--\r\n").toString();
    }

    private static Charset charset(String name) {
        return Charset.forName(name);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(body);
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(byte[] body) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(packed)) {
            out.write(body);
        }
        return packed.toByteArray();
    }

    private static byte[] large() {
        return ("\"" + "x".repeat(11 * 1024 * 1024) + "\"").getBytes(UTF_8);
    }
}
