package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.edge;
import static dev.weft.standalone.suite.Api.node;
import static dev.weft.standalone.suite.CaseFlows.HOOK;
import static dev.weft.standalone.suite.CaseFlows.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a flow answers to the caller who waits. A number is a row of the contract's table of cases "Replies", a letter
 * behind it a sibling; each reply is given by both steps that can answer, {@code http:reply} and {@code code:execute}.
 */
@ExtendWith(LogsOfFailure.class)
class ReplyCasesIT {

    private static final Map<String, Object> REPLY = node("reply", "weft/http:reply", Map.of("body", "'late'"));

    private static final List<String> STEPS = List.of("reply", "code");
    private static final List<Map<String, Object>> HANDLED_EDGES =
            List.of(edge("hook", "bad"), edge("handler", "reply"));

    private static CaseFlows flows;

    @BeforeAll
    static void start() throws Exception {
        var nothing = new HashMap<String, Object>();
        nothing.put("body", null);
        flows = new CaseFlows()
                .flow(
                        "reply",
                        List.of(
                                HOOK,
                                node(
                                        "reply",
                                        "weft/http:reply",
                                        Map.of("status", "s ? s : 200", "headers", "h", "body", "b"))))
                .flow(
                        "code",
                        List.of(
                                HOOK,
                                code("const {s, h, b} = msg.body; await this.emit('httpReply', {statusCode: s ||"
                                        + " 200, headers: h, body: b});")))
                .flow("null", List.of(HOOK, node("reply", "weft/http:reply", nothing)))
                .flow("filter", ending(node("end", "weft/filter:filter", Map.of("expression", "false"))))
                .flow("code that returns nothing", ending(code("return;")))
                .flow("splitter of nothing", ending(node("end", "weft/splitter:split", Map.of("expression", "[]"))))
                .flow("mapper of nothing", ending(node("end", "weft/mapper:map", Map.of("expression", "missing"))))
                .flow(
                        "condition",
                        List.of(HOOK, REPLY),
                        List.of(edge("hook", "reply", Map.of("a", "a"), "a > 1")),
                        Map.of())
                .flow("handler that fails", handled("$error('b')"), HANDLED_EDGES, Map.of())
                .flow("handler that gives nothing", handled("missing"), HANDLED_EDGES, Map.of())
                .start();
    }

    @AfterAll
    static void end() {
        flows.close();
    }

    private static Map<String, Object> code(String text) {
        return node("code", "weft/code:execute", Map.of("code", "async function run(msg) { " + text + " }"));
    }

    private static List<Map<String, Object>> ending(Map<String, Object> step) {
        return List.of(HOOK, step, REPLY);
    }

    /** A step that fails, and a handler of errors that leads to a reply but for this expression. */
    private static List<Map<String, Object>> handled(String expression) {
        return List.of(
                HOOK,
                node("bad", "weft/mapper:map", Map.of("expression", "$error('a')")),
                Map.of(
                        "id",
                        "handler",
                        "command",
                        "weft/mapper:map",
                        "error",
                        true,
                        "fields",
                        Map.of("expression", expression)),
                REPLY);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "R1,  filter",
        "R1,  code that returns nothing",
        "R1a, splitter of nothing",
        "R1b, mapper of nothing",
        "R1c, condition",
    })
    void anExecutionThatEndsWithoutAReply(String id, String flow) throws Exception {
        var answer = flows.post(flow, "{\"a\":1}");

        flows.execution(answer, "completed");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "R2,  handler that fails,         2",
        "R2a, handler that gives nothing, 1",
    })
    void anExecutionThatFailsWithoutAReply(String id, String flow, int errors) throws Exception {
        var answer = flows.post(flow, "{}");

        assertThat(answer.statusCode()).isEqualTo(500);
        var error = CaseFlows.json(answer).path("errors").path(0);
        assertThat(error.path("code").stringValue()).isEqualTo("internal-error");
        var ended =
                flows.api().awaitExecution(error.path("meta").path("exec_id").stringValue(), "failed");
        assertThat(ended.path("errors").size()).isEqualTo(errors);
    }

    /** @param header and its value as it is sent, octets as letters; empty: none of interest */
    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "R3 | 302 | {'Location':'https://x.test/日本'}    | Location: https://x.test/%E6%97%A5%E6%9C%AC",
                "R3 | 302 | {'Location':'https://x.test/%E6 b'}  | Location: https://x.test/%E6%20b",
                "R3a | 201 | {'location':'/ü?q={1}#é'}           | Location: /%C3%BC?q=%7B1%7D#%C3%A9",
                "R3b | 307 | {'Location':'https://müller.test/'} | Location: https://xn--mller-kva.test/",
                "R4 | 200 | {'X-A':'é ÿ'}                        | X-A: é ÿ",
                "R5 | 200 | {'X-A':['a','b']}                    | X-A: a, b",
                "R5a | 200 | {'X-A':2.50}                        | X-A: 2.5",
                "R5b | 200 | {'X-A':true,'X-B':null}             | X-A: true",
            })
    void aHeaderThatIsSent(String id, int status, String headers, String sent) throws Exception {
        for (var step : STEPS) {
            var answer = flows.post(step, said(status, headers, "''"));

            var line = sent.split(": ", 2);
            assertThat(answer.statusCode())
                    .as(step + new String(answer.body(), UTF_8))
                    .isEqualTo(status);
            assertThat(String.join(", ", answer.headers().allValues(line[0])))
                    .as(step)
                    .isEqualTo(line[1]);
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "R4  | X-A          | '5 €'",
                "R5  | X-A          | {'a':1}",
                "R5  | X-List       | [{'a':1},{'a':2}]",
                "R5c | X-List       | [['a']]",
                "R6  | X-A          | '9000 letters'",
                "R6a | Location     | 'https://x.test/9000 letters'",
                "R4a | X-A          | 'a\\r\\nX-B: b'",
                "R4b | X-A          | 'a\\u0000'",
                "R4c | Content-Type | ['text/plain','text/html']",
                "R7g | Content-Type | 'text/plain; charset=x-none'",
                "R5d | Location     | {'a':1}",
            })
    void aHeaderThatCanNotBeSent(String id, String header, String value) throws Exception {
        var written = value.replace("9000 letters", "x".repeat(9000));
        for (var step : STEPS) {
            var answer = flows.post(step, said(200, "{'" + header + "':" + written + "}", "''"));

            assertThat(flows.failure(answer).path("message").stringValue())
                    .as(step)
                    .contains(value.contains("charset") ? "x-none" : header)
                    .doesNotContain("{a=");
        }
    }

    /** @param sent octets as letters */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "R7  | text/plain; charset=ISO-8859-1   | 'é'         | é",
                "R7a | text/plain; charset=windows-1252 | '€'         | \u0080",
                "R7b | text/html; charset=\"koi8-r\"     | 'Ж'         | ö",
                "R7c | text/plain                       | 'é'         | Ã©",
                "R7d | application/xml                  | '<?xml version=\\\"1.0\\\""
                        + " encoding=\\\"ISO-8859-1\\\"?><r>é</r>' | <?xml version=\"1.0\""
                        + " encoding=\"ISO-8859-1\"?><r>é</r>",
                "R7e | application/json                 | {'a':'é'}   | {\"a\":\"Ã©\"}",
                "R8a | application/json                 | null        | null",
            })
    void aBody(String id, String type, String body, String sent) throws Exception {
        for (var step : STEPS) {
            var answer =
                    flows.post(step, said(200, "{'Content-Type':" + Api.JSON.writeValueAsString(type) + "}", body));

            assertThat(answer.statusCode()).as(step).isEqualTo(200);
            assertThat(new String(answer.body(), ISO_8859_1)).as(step).isEqualTo(sent);
        }
    }

    @ParameterizedTest(name = "R7f {0} as ISO-8859-1")
    @ValueSource(strings = {"'5 €'", "'日本'"})
    void aBodyThatItsCharsetLacks(String body) throws Exception {
        for (var step : STEPS) {
            var answer = flows.post(step, said(200, "{'Content-Type':'text/plain; charset=ISO-8859-1'}", body));

            assertThat(flows.failure(answer).path("message").stringValue())
                    .as(step)
                    .contains("ISO-8859-1");
        }
    }

    @Test
    @DisplayName("R8 a body that is null in the flow")
    void r8() throws Exception {
        var answer = flows.post("null", "{\"a\":1}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo("null");
        assertThat(header(answer, "Content-Type")).startsWith("application/json");
    }

    private static String said(int status, String headers, String body) {
        return "{\"s\":%d,\"h\":%s,\"b\":%s}".formatted(status, headers, body).replace('\'', '"');
    }
}
