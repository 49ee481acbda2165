package dev.weft.gateway.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.id.Ids;
import dev.weft.gateway.PlayedServices;
import dev.weft.gateway.RunningGateway;
import dev.weft.gateway.webhook.broker.DoorBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What real senders send: the bytes of a call, and the body of the message that they become, or why they do not. The rows
 * of the contract's cases are tried through the whole suite, by {@code WebhookCasesIT} of standalone; these are of their
 * kind.
 */
class WebhooksInIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Ids IDS = new Ids();
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";

    private static RunningGateway gateway;
    private static PlayedEngine engine;

    @BeforeAll
    static void start() throws Exception {
        engine = new PlayedEngine(RunningGateway.broker());
        gateway = new RunningGateway(new PlayedServices(), RunningGateway.broker());
        await().atMost(30, SECONDS).until(gateway.bean(DoorBroker.class)::isConnected);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        engine.close();
    }

    /**
     * @param coding   Content-Encoding; empty: none
     * @param expected the message's body; of a refusal what its text holds
     */
    record Row(String name, String type, String coding, byte[] body, int status, String expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, String type, byte[] body, String expected) {
        return new Row(name, type, "", body, 200, expected);
    }

    private static Row row(String name, String type, String body, String expected) {
        return row(name, type, body.getBytes(UTF_8), expected);
    }

    private static Row packed(String name, String coding, byte[] body, String expected) {
        return new Row(name, "application/json", coding, body, 200, expected);
    }

    private static Row refused(String name, String type, byte[] body, int status, String expected) {
        return new Row(name, type, "", body, status, expected);
    }

    private static Row refused(String name, String type, String body, int status, String expected) {
        return refused(name, type, body.getBytes(UTF_8), status, expected);
    }

    static Stream<Row> rows() throws IOException {
        var rows = new ArrayList<Row>();
        rows.addAll(marksAndCharsets());
        rows.addAll(types());
        rows.addAll(forms());
        rows.addAll(xml());
        rows.addAll(multipart());
        rows.addAll(codings());
        return rows.stream();
    }

    private static List<Row> marksAndCharsets() {
        return List.of(
                row("JSON after two marks", "application/json", bom("\uFEFF{\"a\":1}"), "{\"a\":1}"),
                row(
                        "JSON in UTF-16 after two marks",
                        "application/json",
                        "\uFEFF{\"a\":1}".getBytes(UTF_16),
                        "{\"a\":1}"),
                row(
                        "JSON after the mark of another charset",
                        "application/json; charset=GB18030",
                        "\uFEFF{\"a\":1}".getBytes(charset("GB18030")),
                        "{\"a\":1}"),
                row("JSON after a mark and charset", "application/json; charset=utf-8", bom("{\"a\":1}"), "{\"a\":1}"),
                row("JSON that is no object after a mark", "application/json", bom("[1]"), "{\"value\":[1]}"),
                row("+json after a mark", "application/cloudevents+json", bom("{\"a\":1}"), "{\"a\":1}"),
                row(
                        "JSON in UTF-16 with a mark",
                        "application/json",
                        "{\"a\":\"é€\"}".getBytes(UTF_16),
                        "{\"a\":\"é€\"}"),
                row(
                        "JSON in UTF-16, little end first, with a mark",
                        "application/json; charset=utf-16",
                        joined(new byte[] {(byte) 0xff, (byte) 0xfe}, "{\"a\":\"é\"}".getBytes(UTF_16LE)),
                        "{\"a\":\"é\"}"),
                row(
                        "JSON in UTF-16LE by its header",
                        "application/json; charset=utf-16le",
                        "{\"a\":\"é\"}".getBytes(UTF_16LE),
                        "{\"a\":\"é\"}"),
                row(
                        "JSON in UTF-16 of either order without a mark",
                        "application/json; charset=utf-16",
                        "{\"a\":\"é\"}".getBytes(UTF_16LE),
                        "{\"a\":\"é\"}"),
                row(
                        "JSON in UTF-32 with a mark",
                        "application/json",
                        joined(
                                new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0},
                                "{\"a\":\"😀\"}".getBytes(charset("UTF-32LE"))),
                        "{\"a\":\"😀\"}"),
                row(
                        "JSON in UTF-32, big end first, with a mark",
                        "text/json",
                        joined(new byte[] {0, 0, (byte) 0xfe, (byte) 0xff}, "{\"a\":1}".getBytes(charset("UTF-32BE"))),
                        "{\"a\":1}"),
                row(
                        "JSON in Latin-1 by its header",
                        "application/json; charset=ISO-8859-1",
                        "{\"a\":\"é\"}".getBytes(ISO_8859_1),
                        "{\"a\":\"é\"}"),
                row(
                        "JSON in UTF-8 with a mark whose header names Latin-1",
                        "application/json; charset=ISO-8859-1",
                        bom("{\"a\":\"é\"}"),
                        "{\"a\":\"é\"}"),
                row(
                        "JSON in Latin-1 after a stray mark",
                        "application/json; charset=ISO-8859-1",
                        joined(bom(""), "{\"a\":\"é\"}".getBytes(ISO_8859_1)),
                        "{\"a\":\"é\"}"),
                row(
                        "JSON in windows-1252",
                        "application/json;charset=\"windows-1252\"",
                        "{\"a\":\"€\"}".getBytes(charset("windows-1252")),
                        "{\"a\":\"€\"}"),
                row(
                        "JSON in Shift_JIS",
                        "application/json; charset=Shift_JIS",
                        "{\"a\":\"テスト\"}".getBytes(charset("Shift_JIS")),
                        "{\"a\":\"テスト\"}"),
                row("text after a mark", "text/plain", bom("hé"), "{\"rawData\":\"hé\"}"),
                row("text in UTF-16", "text/csv", "a;é".getBytes(UTF_16), "{\"rawData\":\"a;é\"}"),
                row(
                        "text in KOI8-R",
                        "text/plain; charset=koi8-r",
                        "привет".getBytes(charset("KOI8-R")),
                        "{\"rawData\":\"привет\"}"),
                refused("a charset that is not known", "application/json; charset=x-no-such", "{}", 415, "x-no-such"),
                refused("UTF-16 without any word", "application/json", "{\"a\":1}".getBytes(UTF_16BE), 400, "UTF-8"));
    }

    private static List<Row> types() {
        return List.of(
                row("+json", "application/vnd.github.v3+json", "[1]", "{\"value\":[1]}"),
                row("a type with a semicolon too many", "application/json;", "{\"a\":1}", "{\"a\":1}"),
                row(
                        "lines of JSON",
                        "application/x-ndjson",
                        "{\"a\":1}\n{\"a\":2}\n",
                        "{\"rawData\":\"{\\\"a\\\":1}\\n{\\\"a\\\":2}\\n\"}"),
                row("unknown text", "text/x-unheard-of", "a", "{\"rawData\":\"a\"}"),
                row("text/html", "text/html; charset=utf-8", "<p>a", "{\"rawData\":\"<p>a\"}"),
                row("JSON null", "application/json", "null", "{\"value\":null}"),
                row("a JSON text", "application/json", "\"é\"", "{\"value\":\"é\"}"),
                row("JSON with a name twice: the last counts", "application/json", "{\"a\":1,\"a\":2}", "{\"a\":2}"),
                row("JSON with blanks around", "application/json", " \r\n\t{\"a\":1} \n", "{\"a\":1}"),
                row("nothing", "application/json", "", "{}"),
                row("nothing of a binary type", "image/png", "", "{}"),
                refused("half of a JSON object", "application/json", "{\"a\":", 400, "JSON"),
                refused("two JSON values", "application/json", "{}{}", 400, "follows"),
                refused("a mark alone", "application/json", bom(""), 400, "nothing"),
                refused("binary", "image/png", "x", 415, "image/png"),
                refused("other parts", "multipart/mixed; boundary=b", "--b--", 415, "multipart/mixed"),
                refused("no type at all", "nonsense", "{}", 415, "Content-Type"));
    }

    private static List<Row> forms() {
        return List.of(
                row("form after two marks", FORM, bom("\uFEFFa=1"), "{\"a\":\"1\"}"),
                row("form in UTF-8", FORM, "n=%C3%A9t%c3%a9&m=été", "{\"n\":\"été\",\"m\":\"été\"}"),
                row(
                        "form in Latin-1, not escaped",
                        FORM + ";charset=iso-8859-1",
                        "é=é".getBytes(ISO_8859_1),
                        "{\"é\":\"é\"}"),
                row("form in Shift_JIS, half escaped", FORM + "; charset=Shift_JIS", "p=%83e%83X", "{\"p\":\"テス\"}"),
                row(
                        "form in UTF-16",
                        FORM + "; charset=utf-16",
                        "a=é&b=%20".getBytes(UTF_16),
                        "{\"a\":\"é\",\"b\":\" \"}"),
                row("form with names alone", FORM, "a&b=&=c&&d", "{\"a\":\"\",\"b\":\"\",\"\":\"c\",\"d\":\"\"}"),
                row("form with a name often", FORM, "a=1&a=2&a=3&a[]=4", "{\"a\":[\"1\",\"2\",\"3\"],\"a[]\":\"4\"}"),
                row("form with signs", FORM, "a=b=c&p=1+2%2B3", "{\"a\":\"b=c\",\"p\":\"1 2+3\"}"),
                row("form with an emoji", FORM, "e=%F0%9F%98%80", "{\"e\":\"😀\"}"),
                refused("form with half a character", FORM, "n=%C3", 400, "UTF-8"),
                refused("form with a bare percent sign", FORM, "a=100%", 400, "hex digits"),
                refused("form with an escape that is none", FORM, "a=%zz", 400, "hex digits"),
                refused("form with a signed escape", FORM, "a=%+1", 400, "hex digits"),
                refused("form in a charset that is not known", FORM + "; charset=x", "a=1", 415, "x"));
    }

    private static List<Row> xml() {
        var xml = "application/xml";
        return List.of(
                row("+xml", "application/soap+xml; charset=utf-8; action=\"urn:x\"", "<a>1</a>", "{\"a\":\"1\"}"),
                row(
                        "text/xml in Latin-1 by its declaration, in other quotes",
                        "text/xml",
                        "<?xml version='1.0' encoding = 'iso-8859-1' standalone='yes' ?><r>é</r>".getBytes(ISO_8859_1),
                        "{\"r\":\"é\"}"),
                row(
                        "XML in UTF-16 with its mark and nothing else",
                        xml,
                        joined(new byte[] {(byte) 0xff, (byte) 0xfe}, "<r>é</r>".getBytes(UTF_16LE)),
                        "{\"r\":\"é\"}"),
                row(
                        "XML in UTF-16 without a mark",
                        xml,
                        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><r>é</r>".getBytes(UTF_16LE),
                        "{\"r\":\"é\"}"),
                row(
                        "XML in UTF-8 that says UTF-16, as some writers do",
                        xml,
                        "<?xml version=\"1.0\" encoding=\"utf-16\"?><r>é</r>",
                        "{\"r\":\"é\"}"),
                row(
                        "prefixes of attributes too",
                        xml,
                        "<a xmlns:x=\"urn:x\" x:n=\"1\" n=\"2\" xml:lang=\"de\"/>",
                        "{\"a\":{\"x:n\":\"1\",\"n\":\"2\",\"xml:lang\":\"de\"}}"),
                row("a default namespace has none", xml, "<a xmlns=\"urn:a\"><b>1</b></a>", "{\"a\":{\"b\":\"1\"}}"),
                row("the root has its prefix", xml, "<s:E xmlns:s='urn:s'><s:B/></s:E>", "{\"s:E\":{\"s:B\":\"\"}}"),
                row("CDATA is text", xml, "<a>1<![CDATA[<b>&]]>2</a>", "{\"a\":\"1<b>&2\"}"),
                row(
                        "comments and instructions are nothing",
                        xml,
                        "<!--x--><?p q?><a>1<!-- y -->2<?z?></a><!--z-->",
                        "{\"a\":\"12\"}"),
                row("text beside elements", xml, "<a> x <b>1</b> y </a>", "{\"a\":{\"b\":\"1\",\"_\":\"x  y\"}}"),
                row("text beside an element of its name", xml, "<a>x<_>1</_></a>", "{\"a\":{\"_\":[\"1\",\"x\"]}}"),
                row(
                        "the five entities and numbers",
                        xml,
                        "<a>&lt;&amp;&gt;&quot;&apos;&#233;&#x1F600;</a>",
                        "{\"a\":\"<&>\\\"'é😀\"}"),
                row(
                        "a bare document type with blanks",
                        xml,
                        "<?xml version='1.0'?>\n<!DOCTYPE r >\n<r>1</r>",
                        "{\"r\":\"1\"}"),
                row(
                        "much XML",
                        xml,
                        "<r>" + "<a>&amp;x</a>".repeat(60_000) + "</r>",
                        "{\"r\":{\"a\":[" + "\"&x\",".repeat(59_999) + "\"&x\"]}}"),
                refused("an entity that is not used", xml, "<!DOCTYPE r [<!ENTITY x 'y'>]><r>1</r>", 400, "XML"),
                refused(
                        "an external entity",
                        xml,
                        "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>",
                        400,
                        "XML"),
                refused("an entity that is not declared", xml, "<r>&nbsp;</r>", 400, "XML"),
                refused("XML that does not end", xml, "<r>", 400, "XML"),
                refused(
                        "XML in a declared charset that is not known",
                        xml,
                        "<?xml version='1.0' encoding='x-no'?><r/>",
                        415,
                        "x-no"),
                refused(
                        "XML that is not in its declared charset",
                        xml,
                        "<?xml version='1.0' encoding='utf-8'?><r>é</r>".getBytes(ISO_8859_1),
                        400,
                        "UTF-8"));
    }

    private static List<Row> multipart() {
        return List.of(
                row(
                        "a boundary in quotes",
                        "multipart/form-data; boundary=\"b\"",
                        parts(field("a", "1")),
                        "{\"a\":\"1\"}"),
                row(
                        "a boundary that should be in quotes",
                        "multipart/form-data; boundary=----=_Part_1:2",
                        parts(field("a", "1")).replace("--b", "--" + "----=_Part_1:2"),
                        "{\"a\":\"1\"}"),
                row("a type in capitals", "Multipart/Form-Data; Boundary=b", parts(field("a", "1")), "{\"a\":\"1\"}"),
                row(
                        "a preamble and an epilogue",
                        MULTIPART,
                        "before\r\n" + parts(field("a", "1")) + "after",
                        "{\"a\":\"1\"}"),
                row("no part", MULTIPART, "--b--\r\n", "{}"),
                row("nothing at all", MULTIPART, "", "{}"),
                row("text in UTF-8", MULTIPART, parts(field("é", "😀")), "{\"é\":\"😀\"}"),
                row("a value after a mark", MULTIPART, parts(field("a", "\uFEFF1")), "{\"a\":\"1\"}"),
                row(
                        "a value of lines",
                        MULTIPART,
                        parts(field("a", "1\r\n2\n--bb\r\n")),
                        "{\"a\":\"1\\r\\n2\\n--bb\\r\\n\"}"),
                row(
                        "a part in its own charset",
                        MULTIPART,
                        parts("Content-Disposition: form-data; name=\"a\"\r\n"
                                        + "Content-Type: text/plain; charset=ISO-8859-1\r\n\r\n"
                                        + "é")
                                .getBytes(ISO_8859_1),
                        "{\"a\":\"é\"}"),
                row(
                        "all parts in the charset of the form's type",
                        MULTIPART + "; charset=ISO-8859-1",
                        parts(field("é", "é")).getBytes(ISO_8859_1),
                        "{\"é\":\"é\"}"),
                row(
                        "all parts in the charset that a field names",
                        MULTIPART,
                        parts(field("_charset_", "ISO-8859-1"), field("a", "é")).getBytes(ISO_8859_1),
                        "{\"_charset_\":\"ISO-8859-1\",\"a\":\"é\"}"),
                row(
                        "names with quotes, brackets, dots, blanks",
                        MULTIPART,
                        parts(field("a\\\"b", "1"), field("c[d][]", "2"), field("e.f g;h", "3")),
                        "{\"a\\\"b\":\"1\",\"c[d][]\":\"2\",\"e.f g;h\":\"3\"}"),
                row(
                        "a name without quotes, headers in lower case",
                        MULTIPART,
                        parts("content-disposition: form-data; name=a\r\n\r\n1"),
                        "{\"a\":\"1\"}"),
                row(
                        "JSON in a part is text",
                        MULTIPART,
                        parts("Content-Disposition: form-data; name=\"a\"\r\n"
                                + "Content-Type: application/json\r\n\r\n"
                                + "{\"b\":1}"),
                        "{\"a\":\"{\\\"b\\\":1}\"}"),
                row(
                        "a part in base64",
                        MULTIPART,
                        parts("Content-Disposition: form-data; name=\"a\"\r\n"
                                + "Content-Transfer-Encoding: base64\r\n\r\n"
                                + "eA=="),
                        "{\"a\":\"x\"}"),
                row(
                        "a file that nobody chose",
                        MULTIPART,
                        parts(
                                field("a", "1"),
                                "Content-Disposition: form-data; name=\"f\"; filename=\"\"\r\n"
                                        + "Content-Type: application/octet-stream\r\n\r\n"),
                        "{\"a\":\"1\"}"),
                refused("no boundary", "multipart/form-data", parts(field("a", "1")), 400, "boundary"),
                refused("another boundary", "multipart/form-data; boundary=c", parts(field("a", "1")), 400, "boundary"),
                refused("no last boundary", MULTIPART, parts(field("a", "1")).replace("--b--\r\n", ""), 400, "end"),
                refused(
                        "half of a last boundary",
                        MULTIPART,
                        parts(field("a", "1")).replace("--b--\r\n", "--b-"),
                        400,
                        "end"),
                refused(
                        "a header that does not end",
                        MULTIPART,
                        "--b\r\nContent-Disposition: form-data; name=a\r\n--b--\r\n",
                        400,
                        "end"),
                refused("no name", MULTIPART, parts("Content-Disposition: form-data\r\n\r\n1"), 400, "name"),
                refused("no disposition", MULTIPART, parts("Content-Type: text/plain\r\n\r\n1"), 400, "name"),
                refused(
                        "a transfer coding that is not known",
                        MULTIPART,
                        parts("Content-Disposition: form-data; name=\"a\"\r\n"
                                + "Content-Transfer-Encoding: x-uue\r\n\r\n"
                                + "1"),
                        415,
                        "x-uue"),
                refused(
                        "files above a mebibyte",
                        MULTIPART,
                        parts(file("f", "x", "x".repeat(700_000)), file("g", "x", "x".repeat(400_000))),
                        413,
                        "1048576"),
                refused(
                        "more than ten mebibytes",
                        MULTIPART,
                        parts(field("a", "x".repeat(10 * 1024 * 1024))),
                        413,
                        "10485760"));
    }

    private static List<Row> codings() throws IOException {
        var json = "{\"a\":1}".getBytes(UTF_8);
        var gzip = gzip(json);
        return List.of(
                packed("x-gzip", "x-gzip", gzip, "{\"a\":1}"),
                packed("GZIP", "GZIP", gzip, "{\"a\":1}"),
                packed(
                        "gzip of several members",
                        "gzip",
                        joined(gzip("{\"a\":".getBytes(UTF_8)), gzip("1}".getBytes(UTF_8))),
                        "{\"a\":1}"),
                packed("gzip of text after a mark", "gzip", gzip(bom("{\"a\":1}")), "{\"a\":1}"),
                packed("deflate without its header", "deflate", deflate(json, true), "{\"a\":1}"),
                packed("identity", "identity", json, "{\"a\":1}"),
                packed("an empty coding", "", json, "{\"a\":1}"),
                packed("twice the same", "gzip,gzip", gzip(gzip), "{\"a\":1}"),
                packed("nothing in a coding", "gzip", new byte[0], "{}"),
                packed("gzip of nothing", "gzip", gzip(new byte[0]), "{}"),
                new Row("gzip of XML", "text/xml", "gzip", gzip("<a>1</a>".getBytes(UTF_8)), 200, "{\"a\":\"1\"}"),
                new Row(
                        "gzip of parts",
                        MULTIPART,
                        "gzip",
                        gzip(parts(field("a", "1")).getBytes(UTF_8)),
                        200,
                        "{\"a\":\"1\"}"),
                new Row("too many codings", "application/json", "gzip,gzip,gzip,gzip", gzip, 415, "codings"),
                new Row("half of gzip", "application/json", "gzip", cut(gzip), 400, "gzip"),
                new Row("half of deflate", "application/json", "deflate", cut(deflate(json, false)), 400, "deflate"),
                new Row("gzip of no JSON", "application/json", "gzip", gzip("{".getBytes(UTF_8)), 400, "JSON"),
                new Row("much in very little", "application/json", "gzip, gzip", gzip(gzip(large())), 413, "unpacked"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsABody(Row row) throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of());

        var answer = post(flow, row.body(), request -> {
            request.header("Content-Type", row.type());
            return row.coding().isEmpty() ? request : request.header("Content-Encoding", row.coding());
        });

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(row.status());
        if (row.status() == 200) {
            assertThat(frame(queue).path("body")).isEqualTo(JSON.readTree(row.expected()));
        } else {
            assertThat(detail(answer)).contains(row.expected());
            assertThat(engine.count(queue)).isZero();
        }
    }

    @Test
    void makesAttachmentsOfFiles() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of());
        var png = new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};
        var body = joined(
                parts(
                                field("email", "a@b.c"),
                                file("doc", "x.txt", "hello"),
                                file("doc", "été.txt", ""),
                                "Content-Disposition: form-data; name=\"r\"; filename=\"e.txt\";"
                                        + " filename*=UTF-8''%e2%82%ac.txt\r\n"
                                        + "Content-Type: text/csv; charset=utf-8\r\n\r\n"
                                        + "a;b")
                        .replace("--b--\r\n", "")
                        .getBytes(UTF_8),
                "--b\r\nContent-Disposition: form-data; name=blob\r\nContent-Type: image/png\r\n\r\n".getBytes(UTF_8),
                png,
                "\r\n--b--\r\n".getBytes(UTF_8));

        var answer = post(flow, body, request -> request.header("Content-Type", MULTIPART));

        var execution = JSON.readTree(answer.body()).path("requestId").asString();
        var frame = frame(queue);
        assertThat(frame.path("body").toString()).isEqualTo("{\"email\":\"a@b.c\"}");
        assertThat(frame.path("attachments")).isEqualTo(JSON.readTree("""
            {"doc":{"url":"/v2/executions/E/attachments/1","content-type":"text/plain","size":5,"filename":"x.txt"},
             "doc_2":{"url":"/v2/executions/E/attachments/2","content-type":"text/plain","size":0,"filename":"été.txt"},
             "r":{"url":"/v2/executions/E/attachments/3","content-type":"text/csv; charset=utf-8","size":3,"filename":"€.txt"},
             "blob":{"url":"/v2/executions/E/attachments/4","content-type":"image/png","size":6}}\
            """.replace("E", execution)));
        assertThat(frame.path("files").path("doc").binaryValue()).isEqualTo("hello".getBytes(UTF_8));
        assertThat(frame.path("files").path("blob").binaryValue()).isEqualTo(png);
        assertThat(frame.path("headers").path("content-type").asString()).isEqualTo(MULTIPART);
    }

    @Test
    void keepsTheUnparsedTextOfWhateverIsText() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of("raw", true));

        post(flow, bom("{\"a\":1}"), request -> request.header("Content-Type", "application/json"));
        assertThat(frame(queue).path("body").toString()).isEqualTo("{\"a\":1,\"rawData\":\"{\\\"a\\\":1}\"}");
        post(flow, "<a>1</a>".getBytes(UTF_16), request -> request.header("Content-Type", "text/xml"));
        assertThat(frame(queue).path("body").toString()).isEqualTo("{\"a\":\"1\",\"rawData\":\"<a>1</a>\"}");
        post(
                flow,
                gzip("a=1".getBytes(UTF_8)),
                request -> request.header("Content-Type", FORM).header("Content-Encoding", "gzip"));
        assertThat(frame(queue).path("body").toString()).isEqualTo("{\"a\":\"1\",\"rawData\":\"a=1\"}");
        post(flow, parts(field("a", "1")).getBytes(UTF_8), request -> request.header("Content-Type", MULTIPART));
        assertThat(frame(queue).path("body").toString()).isEqualTo("{\"a\":\"1\"}");
    }

    @Test
    void tellsTheFlowNothingOfACodingThatIsUndone() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of());

        post(
                flow,
                gzip("{}".getBytes(UTF_8)),
                request -> request.header("Content-Encoding", "gzip").header("Content-Type", "application/json"));

        var headers = frame(queue).path("headers");
        assertThat(headers.has("content-encoding")).isFalse();
        assertThat(headers.has("content-length")).isFalse();
        assertThat(headers.path("content-type").asString()).isEqualTo("application/json");
    }

    @Test
    void refusesAQueryThatIsNoText() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of());

        for (var query : new String[] {"n=%E9t%E9", "%E9=1", "a=%", "a=%zz"}) {
            assertThat(statusOf("GET /hook/" + flow + "?" + query)).isEqualTo(400);
            assertThat(statusOf("POST /hook/" + flow + "?" + query)).isEqualTo(400);
        }
        assertThat(engine.count(queue)).isZero();
        assertThat(statusOf("GET /hook/" + flow + "?n=%C3%A9&m=a+b&o")).isEqualTo(200);
        assertThat(frame(queue).path("body").toString()).isEqualTo("{\"n\":\"é\",\"m\":\"a b\",\"o\":\"\"}");
    }

    @Test
    void takesAMillionPairsOfOneName() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of());

        var answer =
                post(flow, "a&".repeat(1_000_000).getBytes(UTF_8), request -> request.header("Content-Type", FORM));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(frame(queue).path("body").path("a").size()).isEqualTo(1_000_000);
    }

    @Test
    void answersHeadWithoutFiring() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of());
        var locked = IDS.next();
        open(locked, Map.of("auth", Map.of("type", "basic", "username", "u", "password_sha256", Ids.sha256("p"))));

        assertThat(send("HEAD", flow, Map.of()).statusCode()).isEqualTo(200);
        assertThat(send("HEAD", flow, Map.of()).body()).isEmpty();
        assertThat(send("HEAD", flow + "/orders/7", Map.of()).statusCode()).isEqualTo(200);
        assertThat(send("HEAD", locked, Map.of()).statusCode()).isEqualTo(200);
        assertThat(send("HEAD", IDS.next(), Map.of()).statusCode()).isEqualTo(404);
        assertThat(engine.count(queue)).isZero();
    }

    @Test
    void tellsOtherPagesNothing() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of("cors_origins", List.of("https://a.test")));
        var preflight =
                send("OPTIONS", flow, Map.of("Origin", "https://evil.test", "Access-Control-Request-Method", "POST"));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(names(preflight)).noneMatch(name -> name.startsWith("access-control-"));
        var call = send("POST", flow, Map.of("Origin", "https://a.test.evil.test"));
        assertThat(call.statusCode()).isEqualTo(200);
        assertThat(names(call)).noneMatch(name -> name.startsWith("access-control-"));

        var without = IDS.next();
        open(without, Map.of());
        var asked =
                send("OPTIONS", without, Map.of("Origin", "https://a.test", "Access-Control-Request-Method", "POST"));
        assertThat(asked.statusCode()).isEqualTo(405);
        assertThat(names(asked)).noneMatch(name -> name.startsWith("access-control-"));
        assertThat(names(send("POST", without, Map.of("Origin", "https://a.test"))))
                .noneMatch(name -> name.startsWith("access-control-"));
    }

    @Test
    void letsAPageReadWhyItWasRefused() throws Exception {
        var flow = IDS.next();
        open(
                flow,
                Map.of(
                        "cors_origins", List.of("https://a.test"),
                        "auth", Map.of("type", "basic", "username", "u", "password_sha256", Ids.sha256("p"))));

        var refused = send("POST", flow, Map.of("Origin", "https://a.test"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(header(refused, "Access-Control-Allow-Origin")).isEqualTo("https://a.test");
        var wrong = send("PUT", flow, Map.of("Origin", "https://a.test"));
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(header(wrong, "Access-Control-Allow-Origin")).isEqualTo("https://a.test");
        assertThat(header(wrong, "Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        // A preflight carries no credential.
        var preflight =
                send("OPTIONS", flow, Map.of("Origin", "https://a.test", "Access-Control-Request-Method", "POST"));
        assertThat(preflight.statusCode()).isEqualTo(204);
    }

    @Test
    void answersOfAFlowRunNothingInABrowser() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of());

        for (var answer :
                List.of(send("POST", flow, Map.of()), send("PUT", flow, Map.of()), send("GET", IDS.next(), Map.of()))) {
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Security-Policy")).isEqualTo("sandbox");
        }
    }

    @Test
    void takesTheQueryForSignedWhenThereIsNoBody() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of("auth", Map.of("type", "hmac", "hmacSecret", "s")));
        var mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec("s".getBytes(UTF_8), "HmacSHA256"));
        var ofQuery = Base64.getEncoder().encodeToString(mac.doFinal("a=1&b=%20".getBytes(UTF_8)));
        var ofNothing = Base64.getEncoder().encodeToString(mac.doFinal(new byte[0]));

        assertThat(send("GET", flow + "?a=1&b=%20", Map.of("x-eio-signature", ofQuery))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("GET", flow + "?a=1&b=%20", Map.of("x-eio-signature", ofNothing))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("GET", flow, Map.of("x-eio-signature", ofNothing)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesThePackedBytesForSigned() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of("auth", Map.of("type", "hmac", "hmacSecret", "s")));
        var body = gzip("{\"a\":1}".getBytes(UTF_8));
        var mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec("s".getBytes(UTF_8), "HmacSHA256"));
        var signature = Base64.getEncoder().encodeToString(mac.doFinal(body));

        var answer = post(
                flow,
                body,
                request -> request.header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .header("x-eio-signature", signature));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(frame(queue).path("body").toString()).isEqualTo("{\"a\":1}");
    }

    @Test
    void letsNobodyInWhoseCredentialSaysNothing() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of("auth", Map.of("type", "closed")));

        assertThat(send("POST", flow, Map.of()).statusCode()).isEqualTo(401);
    }

    // ---- what is sent

    private static String field(String name, String value) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
    }

    private static String file(String name, String filename, String content) {
        return "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + filename
                + "\"\r\nContent-Type: text/plain\r\n\r\n" + content;
    }

    private static String parts(String... parts) {
        var body = new StringBuilder();
        for (var part : parts) {
            body.append("--b\r\n").append(part).append("\r\n");
        }
        return body.append("--b--\r\n").toString();
    }

    private static byte[] bom(String text) {
        return ("\uFEFF" + text).getBytes(UTF_8);
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
        write(new GZIPOutputStream(packed), body);
        return packed.toByteArray();
    }

    private static byte[] deflate(byte[] body, boolean bare) throws IOException {
        var packed = new ByteArrayOutputStream();
        write(new DeflaterOutputStream(packed, new Deflater(9, bare)), body);
        return packed.toByteArray();
    }

    private static void write(OutputStream out, byte[] body) throws IOException {
        try (out) {
            out.write(body);
        }
    }

    private static byte[] cut(byte[] body) {
        return java.util.Arrays.copyOf(body, body.length / 2 + 3);
    }

    private static byte[] large() {
        return ("\"" + "x".repeat(11 * 1024 * 1024) + "\"").getBytes(UTF_8);
    }

    private static HttpResponse<String> post(
            String flow, byte[] body, UnaryOperator<java.net.http.HttpRequest.Builder> more) throws Exception {
        return gateway.send(more.apply(gateway.request("/hook/" + flow).POST(BodyPublishers.ofByteArray(body))));
    }

    private static HttpResponse<String> send(String method, String path, Map<String, String> headers) throws Exception {
        var request = gateway.request("/hook/" + path).method(method, BodyPublishers.noBody());
        headers.forEach(request::header);
        return gateway.send(request);
    }

    /** Also of what no client would send. */
    private static int statusOf(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", gateway.port())) {
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    // ---- what comes of it

    private static JsonNode frame(String queue) throws IOException {
        return engine.frame(engine.take(queue).getBody());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static List<String> names(HttpResponse<?> answer) {
        return answer.headers().map().keySet().stream().map(String::toLowerCase).toList();
    }

    private static String detail(HttpResponse<String> answer) {
        return JSON.readTree(answer.body())
                .path("errors")
                .path(0)
                .path("detail")
                .asString();
    }

    private static String open(String flow, Map<String, Object> more) throws Exception {
        var queue = engine.queue(flow, Map.of());
        var door = new HashMap<String, Object>(Map.of(
                "flow_id",
                flow,
                "workspace_id",
                "w",
                "run_id",
                "r",
                "queue",
                queue,
                "step_id",
                "step_1",
                "reply",
                false,
                "raw",
                false));
        door.putAll(more);
        gateway.services().doors.put(flow, JSON.writeValueAsString(door));
        return queue;
    }
}
