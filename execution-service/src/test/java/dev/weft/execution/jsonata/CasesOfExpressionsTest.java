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

    /** What the reference implementation gives: J1 to J20 of the contract's cases, a letter behind it is a sibling. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "J1 => $sort([{'k':1,'n':'a'},{'k':1,'n':'b'}], function($l,$r){$l.k < $r.k}).n => ['a','b']",
                "J1a => [{'k':1,'n':'a'},{'k':1,'n':'b'}]^(k).n => ['a','b']",
                "J1b => [{'k':1,'n':'a'},{'k':2,'n':'c'},{'k':1,'n':'b'}]^(>k).n => ['c','a','b']",
                "J1c => $sort(['bb','a','cc','d'], function($l,$r){$length($l) > $length($r)}) => ['a','d','bb','cc']",
                "J3 => $substring('Hi 😀 you', 0) => 'Hi 😀 you'",
                "J3a => $substring('Hi 😀 you', 3) => '😀 you'",
                "J3b => $substring('a😀b', -2) => '😀b'",
                "J3c => $substring('a😀b', 5) => ''",
                "J3d => $substring('a😀b', -9, 2) => 'a😀'",
                "J3e => $length('a😀b') => 3",
                "J3f => $pad('😀', 3, '-') => '😀--'",
                "J3g => $pad('x', -4, '😀ab') => '😀abx'",
                "J3h => $substringBefore('a😀b', 'b') => 'a😀'",
                "J3i => $substringAfter('a😀b', '😀') => 'b'",
                "J3j => $uppercase('straße😀') => 'STRASSE😀'",
                "J3k => $split('a😀b', '😀') => ['a','b']",
                "J3l => $contains('a😀b', '😀') => true",
                "J3m => $match('a😀b', /😀/).index => 1",
                "J3n => $match('a😀b', /b/).index => 3",
                "J3o => $replace('a😀b', '😀', 'x') => 'axb'",
                "J4 => $substring('a😀b', 1, 1) => '😀'",
                "J4a => $substring('a😀b', 1, 0) => ''",
                "J4b => $substring('a😀b', -2, 1) => '😀'",
                "J4c => $substring('👩‍👩‍👧', 2, 1) => '👩'",
                "J5 => $encodeUrl('https://x.y/a b') => 'https://x.y/a%20b'",
                "J5a => $encodeUrl('https://x.y/é?q=a&b=[1]#f%20') => 'https://x.y/%C3%A9?q=a&b=%5B1%5D#f%2520'",
                "J5b => $encodeUrlComponent('😀') => '%F0%9F%98%80'",
                "J6 => $decodeUrlComponent('+49') => '+49'",
                "J6a => $decodeUrl('https://x.y/a%20b+c%2Fd') => 'https://x.y/a b+c%2Fd'",
                "J6b => $decodeUrlComponent('a%20b%2Fc') => 'a b/c'",
                "J8 => $replace('x', /x/, 'C:\\\\tmp') => 'C:\\\\tmp'",
                "J8a => $replace('abc', /(b)/, '[$1]$$') => 'a[b]$c'",
                "J8b => $replace('abc', /b/, '$0$0') => 'abbc'",
                "J8c => $replace('x.x', '.', '$1\\\\') => 'x$1\\\\x'",
                "J8d => $replace('ab', /(a)(b)?/, '$2$1') => 'ba'",
                "J9 => $replace('a.b', /\\./, '\\\\') => 'a\\\\b'",
                "J9a => $replace('a.b', /\\./, '\\\\$0\\\\') => 'a\\\\.\\\\b'",
                "J9b => $replace('a\\\\b', '\\\\', '/') => 'a/b'",
                "J14 => $base64decode('eyJhIjoiPz8_In0') => '{\\'a\\':\\'???\\'}'",
                "J14a => $base64decode('eyJhIjoiPz8/In0=') => '{\\'a\\':\\'???\\'}'",
                "J14b => $base64decode('eyJhIjoiPj4-In0') => '{\\'a\\':\\'>>>\\'}'",
                "J14c => $base64encode('{\\'a\\':\\'???\\'}') => 'eyJhIjoiPz8/In0='",
                "J15 => $replace('t{par}', /{par}/, '') => 't'",
                "J15a => $match('a{1}', /{\\d}/).match => '{1}'",
                "J15b => $match('a{,2}', /a{,2}/).match => 'a{,2}'",
                "J15c => $split('a{b}c', /{|}/) => ['a','b','c']",
                "J16 => $distinct([1,1]) => [1]",
                "J16a => $distinct(['a','b','a']) => ['a','b']",
                "J16b => $distinct([[1],[1]]) => [[1]]",
                "J16c => $distinct([{'a':1},{'a':1}]) => [{'a':1}]",
                "J16d => $distinct(1) => 1",
                "J16e => $reverse([1]) => [1]",
                "J16f => $sort([1]) => [1]",
                "J16g => $append([], 1) => [1]",
                "J16h => $append([1], []) => [1]",
                "J16i => $zip([1],[2]) => [[1,2]]",
                "J16j => $map([1], function($v){$v}) => 1",
                "J16k => $filter([1,2], function($v){$v > 1}) => 2",
                "J16l => $spread({'a':1}) => {'a':1}",
                "J16m => $keys({'a':1}) => 'a'",
                "J16n => $split('a', ',') => ['a']",
                "J17 => $match('aaa', /a/, 2).index => [0,1]",
                "J17a => $match('aaa', /a/, 1).index => 0",
                "J17b => $match('aaa', /a/, 0) => undefined",
                "J17c => $match('abcbc', /b(c)/, 1).groups => ['c']",
                "J17d => $split('a,b,c', ',', 2) => ['a','b']",
                "J17e => $split('a1b2c', /\\d/, 2) => ['a','b']",
                "J17f => $replace('aaa', 'a', 'b', 2) => 'bba'",
                "J17g => $replace('aaa', /a/, 'b', 2) => 'bba'",
                "J18a => $number('0x10') => 16",
                "J18b => $number('0b11') => 3",
                "J18c => $number('0o17') => 15",
                "J18d => $number('1e3') => 1000",
                "J18e => $number('-0.5') => -0.5",
                "J18f => $number(true) => 1",
                "J19a => $toMillis('2026-02-28') => 1772236800000",
                "J19b => $toMillis('2026-02-28T24:00:00Z') => 1772323200000",
                "J19c => $toMillis('28.02.2026', '[D].[M].[Y]') => 1772236800000",
                "J19d => $toMillis('30.02.2026', '[D].[M].[Y]') => 1772409600000",
                "J19e => $toMillis('2026') => 1767225600000",
                "J19f => $toMillis('2024-02-29') => 1709164800000",
                "J20 => $string(1e20) => '100000000000000000000'",
                "J20a => $string(1e21) => '1e+21'",
                "J20b => $string(-1e20) => '-100000000000000000000'",
                "J20c => $string(1.5e20) => '150000000000000000000'",
                "J20d => $string(0.000001) => '0.000001'",
                "J20e => $string(1e-7) => '1e-7'",
                "J20f => $string(0.1 + 0.2) => '0.3'",
                "J20g => $string(1/3) => '0.333333333333333'",
                "J20h => 1e20 & '' => '100000000000000000000'",
                "J20i => $string([1e20, 1e21]) => '[100000000000000000000,1e+21]'",
                "J20j => $string({'a': 123456789012345678}) => '{\\'a\\':123456789012345680}'",
                "J20k => $formatNumber(1e20, '#,##0') => '100,000,000,000,000,000,000'",
                "J20l => $string(5.0) => '5'",
                "J20m => $string(1e15 + 0.5) => '1000000000000000'",
            })
    void giveWhatTheReferenceGives(String id, String text, String expected) {
        assertThat(value(text.replace('\'', '"'))).isEqualTo(expected.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "$join(['','a'],',') => ',a'",
                "$contains(t, missing) => undefined",
                "$pad('x', missing) => 'x'",
            })
    void giveWhatTheLanguageSays(String text, String expected) {
        assertThat(value(text.replace('\'', '"'))).isEqualTo(expected.replace('\'', '"'));
    }

    /** @param order of the remainders by three; in each the smaller come first */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "J2,  '$sort(rows, function($l,$r){$l.k > $r.k}).i', 012",
        "J2a, '$sort(rows, function($l,$r){$l.k < $r.k}).i', 210",
        "J2b, rows^(>k).i,                                   210",
        "J2c, '$sort(rows, function($l,$r){false}).i',       ''",
    })
    void sortManyRows(String id, String text, String order) {
        var sorted = order.isEmpty()
                ? IntStream.range(0, 60).boxed()
                : order.chars()
                        .boxed()
                        .flatMap(k -> IntStream.range(0, 20).mapToObj(n -> n * 3 + Character.getNumericValue(k)));

        assertThat(value(text)).isEqualTo(JSON.writeValueAsString(sorted.toList()));
    }

    /** @param code of the language; its message is a sentence of the flow author's words */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "J7 => $decodeUrlComponent('%E9') => D3140",
                "J7a => $decodeUrl('%E9') => D3140",
                "J7b => $decodeUrlComponent('100%') => D3140",
                "J7c => $decodeUrlComponent('%zz') => D3140",
                "J10 => $uppercase(n) => T0410",
                "J10a => $lowercase(n) => T0410",
                "J10b => $trim(a) => T0410",
                "J10c => $substring(n, 1) => T0411",
                "J10d => $length(n) => T0410",
                "J11 => t > n => T2009",
                "J11a => t < n => T2009",
                "J11b => t >= n => T2009",
                "J11c => t <= n => T2009",
                "J11d => t - n => T2001",
                "J11e => n * t => T2002",
                "J11f => -t => D1002",
                "J12 => $sum(a) => T0412",
                "J12a => $max(a) => T0412",
                "J12b => $min(a) => T0412",
                "J12c => $average(a) => T0412",
                "J12d => $join(n) => T0412",
                "J12e => $fromMillis(t) => T0411",
                "J12f => $fromMillis(n, n) => T0410",
                "J12g => $toMillis(t) => D3110",
                "J17h => $match('aaa', /a/, -1) => D3040",
                "J18 => $number('5d') => D3030",
                "J18g => $number('5f') => D3030",
                "J18h => $number('5L') => D3030",
                "J18i => $number('') => D3030",
                "J18j => $number(' 5') => D3030",
                "J18k => $number('+5') => D3030",
                "J18l => $number('.5') => D3030",
                "J18m => $number('5.') => D3030",
                "J18n => $number('NaN') => D3030",
                "J18o => $number('Infinity') => D3030",
                "J18p => $number('1_000') => D3030",
                "J18q => $number('1e999') => D3030",
                "J19 => $toMillis('2026-02-30') => D3110",
                "J19g => $toMillis('2026-04-31') => D3110",
                "J19h => $toMillis('2026-13-01') => D3110",
                "J19i => $toMillis('2026-02-30T00:00:00.000Z') => D3110",
                "J19j => $toMillis('2026-02-28T25:00:00Z') => D3110",
                "J19k => $toMillis('2026-02-29') => D3110",
            })
    void failWhereNothingIsRight(String id, String text, String code) {
        assertThatThrownBy(() -> value(text.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        failure -> assertThat(failure.text())
                                .contains(code)
                                .doesNotContain("{{", "}}", "Object", "null", "java"));
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
                "$match('a]}b', /]}/) => S0302",
                "$contains('x{y', /{/) => S0302",
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
