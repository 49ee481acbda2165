package dev.weft.execution.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Expressions of real flows that went wrong once, as a flow evaluates them, here or in the sandbox. */
class CasesOfExpressionsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Sandbox SANDBOX = new Sandbox();
    private static final JsonataExpressions EXPRESSIONS =
            new JsonataExpressions(SANDBOX, Clock.systemUTC(), Duration.ofSeconds(20));

    @AfterAll
    static void end() {
        SANDBOX.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "$sort([{'k':1,'n':'a'},{'k':1,'n':'b'}], function($l,$r){$l.k < $r.k}).n => ['a','b']",
                "$substring('Hi 😀 you', 0) => 'Hi 😀 you'",
                "$substring('a😀b', 1, 1) => '😀'",
                "$encodeUrl('https://x.y/a b') => 'https://x.y/a%20b'",
                "$decodeUrlComponent('+49') => '+49'",
                "$replace('x', /x/, 'C:\\\\tmp') => 'C:\\\\tmp'",
                "$replace('a.b', /\\./, '\\\\') => 'a\\\\b'",
                "$base64decode('eyJhIjoiPz8_In0') => '{\\\"a\\\":\\\"???\\\"}'",
                "$replace('t{par}', /{par}/, '') => 't'",
                "$distinct([1,1]) => [1]",
                "$match('aaa', /a/, 2).index => [0,1]",
                "$string(1e20) => '100000000000000000000'",
                "1e20 & '' => '100000000000000000000'",
                "$join(['','a'],',') => ',a'",
                "$contains(t, missing) => undefined",
                "$pad('x', missing) => 'x'",
            })
    void giveWhatTheLanguageSays(String text, String expected) {
        assertThat(value(text.replace('\'', '"'))).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void sortsAnyNumberOfRowsByAFunctionThatAsksWhetherToSwap() {
        var sorted = IntStream.of(0, 1, 2)
                .boxed()
                .flatMap(k -> IntStream.range(0, 20).mapToObj(n -> n * 3 + k))
                .toList();

        assertThat(value("$sort(rows, function($l,$r){$l.k > $r.k}).i")).isEqualTo(JSON.writeValueAsString(sorted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$decodeUrlComponent('%E9')",
                "$number('5d')",
                "$toMillis('2026-02-30')",
                "$replace(t, 'U', null)",
                "$fromMillis(t)",
                "$uppercase(n)",
            })
    void failWhereNothingIsRight(String text) {
        assertThatThrownBy(() -> value(text.replace('\'', '"'))).isInstanceOf(StepFailure.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "$uppercase(n) => Argument 1 of the function uppercase does not match the function's signature (T0410"
                        + " at position 11)",
                "t > n => Both sides of the operator > must be of the same type, not 10 USD and 5 (T2009 at position"
                        + " 3)",
                "$sum(a) => Argument 1 of the function sum must be an array of numbers (T0412 at position 5)",
                "t + 1 => The left side of the operator + must be a number, not 10 USD (T2001 at position 3)",
                "$number(t) => The value is no number: 10 USD (D3030 at position 8)",
                "$foo(1) => What is called is no function (T1006 at position 5)",
                "uppercase(t) => uppercase is no function. Did you mean $uppercase? (T1005 at position 10)",
                "{n: 1} => A key of an object must be a string, not 5 (T1003 at position 2)",
                "1 / 0 => A number is out of range.",
                "$error('no stock') => no stock",
            })
    void failInSentencesWithTheCodeOfTheLanguage(String text, String sentence) {
        assertThatThrownBy(() -> value(text.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).isEqualTo(sentence));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "/[/ => S0302",
                "$match(t, /a++/) => S0303",
                "a + => S0207",
                "'open => S0101",
                "{'a': 1 => S0203",
            })
    void areRefusedWithASentence(String text, String code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EXPRESSIONS.compile(text.replace('\'', '"')))
                .withMessageContaining(code)
                .withMessageNotContainingAny("{{", "null", "Object", "java");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "$ => null",
                "$$ => null",
                "{'b': $} => {'b':null}",
                "$type($) => 'null'",
                "$exists($) => true",
                "$ = null => true",
                "[$] => [null]",
                "$string($) => 'null'",
                "$msg.body => null",
                "$map([1], function($v) { $$ }) => null",
                "$boolean($) => false",
                "$.a => undefined",
                "a => undefined",
            })
    void seeABodyThatIsNull(String text, String expected) {
        var context = EvaluationContext.of(new StepMessage(null, Map.of(), Map.of(), Map.of(), Map.of()), Map.of());

        assertThat(json(EXPRESSIONS.compile(text.replace('\'', '"')).evaluate(context)))
                .isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void keepTheNamesOfTheEvaluationToThemselves() {
        var text = "($__evaluate_entry := 1; $__evaluate_exit := 2; $f := function($n) { $f($n + 1) + 1 }; $f(1))";

        assertThatThrownBy(() -> value(text))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).contains("recurses too deeply"));
    }

    private static String value(String text) {
        var rows =
                IntStream.range(0, 60).mapToObj(i -> Map.of("k", i % 3, "i", i)).toList();
        var body = Map.of("rows", rows, "t", "10 USD", "n", 5, "a", List.of("x", 1));
        return json(EXPRESSIONS.compile(text).evaluate(EvaluationContext.of(StepMessage.of(body), Map.of())));
    }

    private static String json(Object value) {
        return Undefined.is(value) ? "undefined" : JSON.writeValueAsString(value);
    }
}
