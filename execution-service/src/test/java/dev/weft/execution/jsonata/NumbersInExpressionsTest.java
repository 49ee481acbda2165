package dev.weft.execution.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.step.StepFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Numbers of messages, read as services read them, in the service and in the sandbox. */
class NumbersInExpressionsTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Sandbox SANDBOX = new Sandbox();
    private static final JsonataExpressions EXPRESSIONS =
            new JsonataExpressions(SANDBOX, Clock.systemUTC(), Duration.ofSeconds(20));

    @AfterAll
    static void end() {
        SANDBOX.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$abs(a) | {'a':-12.5} | 12.5",
                "$abs(a) | {'a':-12} | 12",
                "$abs(a) | {'a':-9007199254740993} | 9007199254740992",
                "$abs(a) | {'a':-1e300} | 1.0E300",
                "$abs(a) | {'a':-12345678901234567890} | 1.2345678901234567E19",
                "$sort(a) | {'a':[2.5,1.5,10]} | [1.5,2.5,10]",
                "$sort(a) | {'a':[10,2.50,3000000000,-1.5]} | [-1.5,2.50,10,3000000000]",
                "$sort(a) | {'a':[9007199254740993,9007199254740992,3]} | [3,9007199254740992,9007199254740993]",
                "$sort(a) | {'a':['b','a']} | ['a','b']",
                "$sort(a) | {'a':[{'n':1}]} | [{'n':1}]",
                "$sort(a, function($l, $r) { $l < $r }) | {'a':[1.5,2.5,10]} | [10,2.5,1.5]",
                "a^(>n).n | {'a':[{'n':1.5},{'n':10},{'n':2}]} | [10,2,1.5]",
                "a & '' | {'a':1.0} | '1'",
                "a & '' | {'a':2.50} | '2.5'",
                "a & '' | {'a':1e21} | '1e+21'",
                "a & '' | {'a':9007199254740993} | '9007199254740993'",
                "$string(a) | {'a':[1.0,0.1]} | '[1,0.1]'",
                "$join($map(a, $string), ';') | {'a':[1.0,0.5]} | '1;0.5'",
                "$distinct([a, 2.5, 1, b]) | {'a':2.5,'b':1.0} | [2.5,1]",
                "$distinct(a) | {'a':[1,1.0,1.00,2]} | [1,2]",
                "a = b | {'a':{'x':[1.0]},'b':{'x':[1]}} | true",
                "a in b | {'a':2.5,'b':[1,2.50]} | true",
                "[1..a] | {'a':3.0} | [1,2,3]",
                "b[a] | {'a':1.0,'b':[5,6]} | null",
                "$round(a, 1) | {'a':2.55} | 2.6",
                "$round(a) | {'a':2.5} | 2",
                "$round(a, -2) | {'a':1250.0} | 1200",
                "$round(a, b) | {'a':2.5,'b':100000000} | 2.5",
                "$round(a, b) | {'a':2.5,'b':-2000000000} | 0",
                "$round(a, b) | {'a':2.5,'b':1e99} | 2.5",
                "$floor(a) | {'a':-12.5} | -13",
                "$ceil(a) | {'a':12.5} | 13",
                "$sum(a) | {'a':[1.5,2.5]} | 4",
                "$max(a) | {'a':[1.5,10]} | 10",
                "$average(a) | {'a':[1.5,2.5]} | 2",
                "$power(a, 2) | {'a':1.5} | 2.25",
                "$number(a) | {'a':'12.50'} | 12.5",
                "$formatNumber(a, '0.00') | {'a':2.5} | '2.50'",
                "$fromMillis(a) | {'a':1500000000000.0} | '2017-07-14T02:40:00.000Z'",
                "a + b | {'a':1.5,'b':1.5} | 3",
                "-a | {'a':1.5} | -1.5",
                "a % 2 | {'a':5.5} | 1.5",
                "a < b | {'a':2.5,'b':10} | true",
                "$boolean(a) | {'a':0.0} | false",
                "$type(a) | {'a':2.5} | 'number'",
                "$substring('hello', a) | {'a':1.0} | 'ello'",
                "$msg.body.a & '' | {'a':1.0} | '1'",
                "$msg.headers.h & '' | {} | '1'",
                "$abs(elasticio.s.body.a) | {} | 12.5",
                "$abs($getPassthrough().s.body.a) | {} | 12.5",
            })
    void areThoseOfTheLanguage(String text, String body, String expected) {
        assertThat(evaluate(text, body)).isEqualTo(expected.strip().replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.50",
                "12345678901234567890.123",
                "123456789012345678901234567890",
                "9007199254740993",
                "1E+300",
                "1E+100000000",
                "1E-2147483640",
                "0.1000000000000000055511151231257827",
                "-1.7",
                "4611686018427387905.5",
            })
    void keepTheirDigitsWhereNobodyCounts(String number) {
        var body = "{'a':" + number + ",'l':[]}";

        for (var text : List.of("a", "$.a", "(a)", "$sort([a])[0]", "[a][0]", "$map(a, function($v) { $v })")) {
            assertThat(evaluate(text, body)).as(text).isEqualTo(number);
        }
        assertThat(evaluate("{'x': [a], 'y': l}", body)).isEqualTo("{\"x\":[" + number + "],\"y\":[]}");
        assertThat(evaluate("l{'x': $$.a}", body)).isEqualTo("{\"x\":" + number + "}");
        assertThat(evaluate("$", "{'a':" + number + "}")).isEqualTo("{\"a\":" + number + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$round(a)",
                "$round(a, 5)",
                "$abs(a)",
                "$string(a)",
                "a + 1",
                "a & ''",
                "$sort([a, 1])",
                "$floor(a)"
            })
    @Timeout(90)
    void ofAnySizeTakeNoTime(String text) {
        for (var number : List.of("1E+100000000", "-1E+2147483640", "1E-100000000", "9".repeat(1000), "1E+400")) {
            try {
                evaluate(text, "{'a':" + number + "}");
            } catch (StepFailure e) {
                assertThat(e.name()).isEqualTo(JsonataExpression.FAILURE);
            }
        }
    }

    @Test
    void sortOnlyWithTheirLike() {
        assertThatThrownBy(() -> evaluate("$sort(a)", "{'a':[1,'x']}"))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        e -> assertThat(e.text()).contains("sort").contains("D3070"));
    }

    private static String evaluate(String text, String body) {
        var message = new StepMessage(
                parse(body),
                Map.of("h", JSON.readValue("1.0", Object.class)),
                Map.of(),
                Map.of("s", parse("{'body':{'a':-12.5}}")),
                Map.of());
        var result =
                EXPRESSIONS.compile(text.strip().replace('\'', '"')).evaluate(EvaluationContext.of(message, Map.of()));
        return Undefined.is(result) ? "null" : JSON.writeValueAsString(result);
    }

    private static Object parse(String json) {
        return JSON.readValue(json.strip().replace('\'', '"'), Object.class);
    }
}
