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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileExpressionTest {

    private static final Sandbox SANDBOX = new Sandbox(Duration.ofSeconds(2));
    private static final JsonataExpressions EXPRESSIONS =
            new JsonataExpressions(SANDBOX, Clock.systemUTC(), Duration.ofSeconds(1));

    /** For what is to end well, however slow the machine is. */
    private static final JsonataExpressions PATIENT =
            new JsonataExpressions(SANDBOX, Clock.systemUTC(), Duration.ofSeconds(30));

    @AfterAll
    static void end() {
        SANDBOX.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) { $f($n + 1) + 1 }; $f(1))",
                "($f := function($n) { $f($n + 1) }; $f(1))",
                "$pad('x', 2000000000)",
                "$pad('x', -2000000000)",
                "$map([1..9999999], function($v) { $v * 2 })",
                "$string([1..9999999])",
                "$reduce([1..60], function($s, $i) { $s & $s }, 'xxxxxxxxxxxxxxxx')",
                "($a := 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'; $f := function($s, $n) {"
                        + " $n = 0 ? $s : $f($s & $s, $n - 1) }; $f($a, 60))",
                "($f := function($l, $n) { $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $f([1..1000], 40))",
                "$replace($pad('', 100000, 'a'), /a/, $pad('', 100000, 'b'))",
                "[1..3000].([1..3000].([1..3000]))",
                "$sort([1..200000], function($a, $b) { $sum([1..1000]) > 0 })",
                "$eval('$eval(\"$f := function() { $f() }; $f()\")')",
            })
    void endsAsTheFailureOfItsStep(String text) {
        var expression = EXPRESSIONS.compile(text);

        assertThatThrownBy(() -> expression.evaluate(context(Map.of("a", 1)))).isInstanceOf(StepFailure.class);
        assertThat(PATIENT.compile("$map([1..3], function($v) { $v * 2 })").evaluate(context(Map.of())))
                .isEqualTo(List.of(2, 4, 6));
    }

    /** It looks at no clock while it compares a million characters with half a million. */
    @Test
    void endsAWorkerThatLooksForOneLongTextInAnother() {
        var expression = EXPRESSIONS.compile("$contains(a, b)");
        var texts = Map.of("a", "a".repeat(1_200_000), "b", "a".repeat(600_000) + "b");

        assertThatThrownBy(() -> expression.evaluate(context(texts)))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("TimeoutError"));
        assertThat(PATIENT.compile("$contains(a, b)").evaluate(context(Map.of("a", "abc", "b", "b"))))
                .isEqualTo(true);
    }

    @Test
    void endsAWorkerThatIsStuckInARegularExpression() {
        var expression = EXPRESSIONS.compile("$match(a, /^(a+)*\\1b$/)");

        assertThatThrownBy(() -> expression.evaluate(context(Map.of("a", "a".repeat(60)))))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("TimeoutError"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "$map(items, function($v) { $v.n }) => [1, 2]",
                "items^(>n).n => [2, 1]",
                "[1..3] => [1, 2, 3]",
                "$pad(a, 5, '#') => 'x####'",
                "$match(a, /x/).match => 'x'",
                "$eval('a & a') => 'xx'",
                "items#$i.(n + $i) => [1, 3]",
                "($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(5)) => 120",
                "elasticio.step_1.body.n ~> function($n) { $n + 1 } => 6",
                "$ ~> |items|{'n': 0}| => {'a': 'x', 'items': [{'n': 0}, {'n': 0}]}",
                "$map(no.such, function($v) { $v }) => undefined",
            })
    void evaluatesTheRestOfTheLanguageInTheSandbox(String text, String expected) {
        var message = StepMessage.of(Map.of("a", "x", "items", List.of(Map.of("n", 1), Map.of("n", 2))))
                .withPassthrough(Map.of("step_1", Map.of("body", Map.of("n", 5))));

        var result = PATIENT.compile(text.strip()).evaluate(EvaluationContext.of(message, Map.of()));

        assertThat(Undefined.is(result) ? "undefined" : quoted(result)).isEqualTo(expected.strip());
    }

    @Test
    void evaluatesLongChainsOfOperators() {
        var chain = "a & ".repeat(600) + "a";

        assertThat(PATIENT.compile(chain).evaluate(context(Map.of("a", "x")))).isEqualTo("x".repeat(601));
    }

    private static String quoted(Object value) {
        return switch (value) {
            case String string -> "'" + string + "'";
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .sorted(java.util.Comparator.comparing(entry -> String.valueOf(entry.getKey())))
                        .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                        .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
            case List<?> list ->
                list.stream().map(HostileExpressionTest::quoted).toList().toString();
            default -> String.valueOf(value);
        };
    }

    private static EvaluationContext context(Object body) {
        return EvaluationContext.of(StepMessage.of(body), Map.of());
    }
}
