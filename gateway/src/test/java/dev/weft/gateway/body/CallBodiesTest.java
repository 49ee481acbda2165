package dev.weft.gateway.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.common.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CallBodiesTest {

    private final CallBodies bodies = new CallBodies(JsonMapper.builder().build());

    @Test
    void keepsJsonByteByByte() {
        assertThat(parse("{\"a\":  1.50, \"b\": 12345678901234567890.123}", "application/json"))
                .isEqualTo("{\"a\":  1.50, \"b\": 12345678901234567890.123}");
        assertThat(parse("{}", "application/vnd.api+json; charset=utf-8")).isEqualTo("{}");
    }

    @Test
    void makesAnObjectOfOtherJson() {
        assertThat(parse("[1,2]", "application/json")).isEqualTo("{\"value\":[1,2]}");
        assertThat(parse("7", null)).isEqualTo("{\"value\":7}");
    }

    @Test
    void takesAForm() {
        assertThat(parse("a=1&b=x%20y&c=z+w&b=2&d", "application/x-www-form-urlencoded"))
                .isEqualTo("{\"a\":\"1\",\"b\":[\"x y\",\"2\"],\"c\":\"z w\",\"d\":\"\"}");
    }

    @Test
    void convertsXml() {
        assertThat(parse("<?xml version='1.0'?><o id='7'><l>a</l><l n='2'>b</l><e/></o>", "application/xml"))
                .isEqualTo("{\"o\":{\"id\":\"7\",\"l\":[\"a\",{\"n\":\"2\",\"_\":\"b\"}],\"e\":\"\"}}");
        assertThat(parse("<a b='c'/>", "text/xml")).isEqualTo("{\"a\":{\"b\":\"c\"}}");
    }

    @Test
    void keepsPrefixesOfXmlWhetherTheyAreDeclaredOrNot() {
        assertThat(parse("<x:a xmlns:x='u' xmlns='v' x:b='1' xml:lang='de'><x:c/></x:a>", "text/xml"))
                .isEqualTo("{\"x:a\":{\"x:b\":\"1\",\"xml:lang\":\"de\",\"x:c\":\"\"}}");
        assertThat(parse("<x:a y:b='1'/>", "text/xml")).isEqualTo("{\"x:a\":{\"y:b\":\"1\"}}");
        assertThat(parse("<a xmlnsx='1' x:xmlns='2'/>", "text/xml"))
                .isEqualTo("{\"a\":{\"xmlnsx\":\"1\",\"x:xmlns\":\"2\"}}");
    }

    @Test
    void takesOtherTextAsItIs() {
        assertThat(parse("a;b\n1;2", "text/csv")).isEqualTo("{\"rawData\":\"a;b\\n1;2\"}");
        assertThat(parse("{\"a\": 1}", "text/plain; charset=utf-8")).isEqualTo("{\"rawData\":\"{\\\"a\\\": 1}\"}");
    }

    @Test
    void readsTheCharsetThatIsNamed() {
        var latin = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(new String(
                        bodies.read(latin, "application/json; charset=iso-8859-1", null, false)
                                .object(),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":\"é\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{\"a\":  1} | application/json | {\"a\":  1,\"rawData\":\"{\\\"a\\\":  1}\"}",
                "{ } | application/json | { \"rawData\":\"{ }\"}",
                "[1] | application/json | {\"value\":[1],\"rawData\":\"[1]\"}",
                "a=1 | application/x-www-form-urlencoded | {\"a\":\"1\",\"rawData\":\"a=1\"}",
                "a;b | text/csv | {\"rawData\":\"a;b\"}",
                "## | application/json | {\"rawData\":\"\"}"
            })
    void addsTheTextInRawMode(String body, String type, String expected) {
        assertThat(new String(bodies.read(utf8(body), type, null, true).object(), StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }

    @Test
    void takesNoBrokenJsonInRawModeEither() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.read(utf8("{\"a\": "), "application/json", null, true));
    }

    @Test
    void makesAnEmptyObjectOfNothing() {
        assertThat(parse("", "application/json")).isEqualTo("{}");
        assertThat(parse("", null)).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": | application/json | 400",
                "a=1 | application/json | 400",
                "a=%zz | application/x-www-form-urlencoded | 400",
                "<a> | application/xml | 400",
                "<!DOCTYPE a [\u0000]><a/> | application/xml | 400",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a> | application/xml | 400",
                "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a> | application/xml | 400",
                "x | image/png | 415",
                "x | application/octet-stream | 415",
                "x | multipart/form-data; boundary=b | 400",
                "x | nonsense | 415",
                "x | text/plain; charset=no-such | 415"
            })
    void refuses(String body, String type, int status) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> parse(body, type))
                .satisfies(e -> assertThat(e.first().code().status()).isEqualTo(status));
    }

    @Test
    void aPackedBodyIsTakenForAsLargeAsItMayBe() {
        assertThat(CallBodies.cost(100, "application/json", null)).isEqualTo(400);
        assertThat(CallBodies.cost(100, "application/json", "identity")).isEqualTo(400);
        assertThat(CallBodies.cost(100, "application/json", "gzip")).isEqualTo(100 * 1032 * 4);
        assertThat(CallBodies.cost(100, "application/json", "gzip, deflate")).isEqualTo(CallBodies.LARGEST * 4);
        assertThat(CallBodies.cost(0, "application/json", "gzip")).isZero();
    }

    @Test
    void refusesDeepXml() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> parse("<a>".repeat(100_000), "text/xml"));
    }

    @Test
    void refusesTextThatIsNone() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.read(new byte[] {(byte) 0xfc, (byte) 0xfe}, "text/plain", null, false));
    }

    private String parse(String body, String type) {
        return new String(bodies.read(utf8(body), type, null, false).object(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
