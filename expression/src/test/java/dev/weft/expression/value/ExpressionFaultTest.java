package dev.weft.expression.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.expression.Program;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a fault tells values of the input, which not all may see who may see that an expression has failed. */
class ExpressionFaultTest {

    private static final Map<String, Object> INPUT = Map.of(
            "name",
            "secret",
            "account",
            4711.5,
            "list",
            List.of("secret", "secret"),
            "object",
            Map.of("secret", 1),
            "sorted",
            List.of(Map.of("of", "secret"), Map.of("of", 4711.5)),
            "call",
            "name()",
            "code",
            "function() { secret() }",
            "broken",
            "secret )");

    private static ExpressionFault fault(String text) {
        var bounds =
                new ExpressionBounds(System.nanoTime() + Duration.ofSeconds(10).toNanos(), 400);
        try {
            Program.parse(text).evaluate(INPUT, _ -> null, bounds, Clock.systemUTC());
        } catch (ExpressionFault e) {
            return e;
        }
        return Assertions.fail(text + " has a value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name + 1",
                "1 - name",
                "-name",
                "name < account",
                "[1..name]",
                "[1..account]",
                "sorted^(of)",
                "{account: 1}",
                "{name: 1, $$.name: 2}",
                "$number(name)",
                "$toMillis(name)",
                "$formatBase(100, account)",
                "$sqrt(-account)",
                "$power(-account, 0.5)",
                "$decodeUrl(name & \"%\")",
                "$replace(name, /s/, function() { 4711.5 })",
                "$ ~> |object|$$.name|",
                "$ ~> |object|{}, $$.account|",
                "$eval(broken)",
                "$eval(\"$error(name)\")",
                // The words of a text that is read as an expression are in the fault too.
                "$eval(call)",
                "$eval(code)()",
                "$eval(\"function() { $error($$.name) }\")()",
            })
    void isQuotingWhenItsTextHasAValue(String text) {
        assertThat(fault(text)).returns(true, ExpressionFault::isQuoting);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$sum(name)",
                "$sum(list)",
                "$uppercase(account)",
                "object + 1",
                "1 - list",
                "{null: 1}",
                "name()",
                "name.length(5)",
                "$split(name, \",\", -1)",
                "$pad(name, 100000000)",
                "$single(list, function($v) { false })",
                "[1..100000000]",
                "$formatNumber(account, \"0.0.0\")",
                "($f := function() { $f() + 1 }; $f())",
                "($eval(\"1\"); $f := function() { $f() + 1 }; $f())",
                // What the author has it say are not the words of the evaluator.
                "$error(\"boom \" & name)",
                "$assert(false, \"boom \" & name)",
                "$assert(false)",
            })
    void isNotQuotingWhenItNamesFunctionPlaceAndCode(String text) {
        var fault = fault(text);

        assertThat(fault).returns(false, ExpressionFault::isQuoting);
        assertThat(fault.text().replace("boom secret", "")).doesNotContain("secret", "4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null + 1", "$not + 1", "list + 1", "object + 1"})
    void aKindOfValueIsNoValue(String text) {
        assertThat(fault(text)).returns(false, ExpressionFault::isQuoting);
    }
}
