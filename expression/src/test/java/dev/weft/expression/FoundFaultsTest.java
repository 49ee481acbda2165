package dev.weft.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.ExpressionOverrun;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that once broke a promise: they went on after their time, ended with Java's words, or were one for some threads only. */
@Timeout(60)
class FoundFaultsTest {

    private static final Duration LIMIT = Duration.ofMillis(300);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$fromMillis(1/0)",
                "$formatInteger(1/0, \"0\")",
                "$formatInteger(1/0, \"A\")",
                "$formatInteger(0/0, \"w\")",
                "[0..1/0]",
                "$power(1e308, 1e308)",
                "$match((1/0), (1/0))",
                "$toMillis(\"+01A01\", \"[Z01a01]\")",
                "$ ~> |$$|{\"a\": 1}|",
                "$ ~> |$$.items|{\"a\": 1}|",
                "$formatNumber(1, \"0\", {\"percent\": [1]})",
                "items^(n, a)[%]",
                "$replace(\"a\", function($s) {{\"match\": [1], \"start\": 0, \"next\": $count}}, \"$0\")",
                "$clone := function($x) { $x }",
                "($clone := function($x) { $$ }; $ ~> |$|{\"a\": 1}|)",
            })
    void hasAValueOrAFaultOfTheLanguage(String text) {
        assertThat(outcome(text, input())).doesNotContain("java", "Exception", "Error", "fault of this version");
    }

    /** Digits without anything between them can be told apart in very many ways. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$toMillis(digits, \"[f][f][f][f][f][f][f][f][f][f][f][f][f][f][f][f]\")",
                "$toMillis(words, \"[Mn][Fn][Pn][Mn][Fn][Pn][Mn][Fn][Pn][Mn][Fn][Pn][Mn]\")",
                "(function($a)<x+x+x+x+x+x+x+x+x+x+x+x+s>{1})(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30)",
                "($d := function($l, $n) { $n = 0 ? $l : $d([[$l], [$l]], $n - 1) }; $boolean($d([0], 60)))",
                "($d := function($l, $n) { $n = 0 ? $l : $d([[$l], [$l]], $n - 1) }; $l := $d([0], 60); [1,"
                        + " \"a\"]^($l))",
                "$match(\"\", /(?:(?:(?:x?){1000}){1000}){1000}/)",
                "$count(items[[0..9999999]])",
                "$sort([1..9999999])",
                "$formatInteger(1, pattern)",
                "$fromMillis(0, \"[Y\" & pattern & \"]\")",
            })
    void endsInItsTime(String text) {
        var begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        outcome(text, input(), LIMIT);

        var took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
        assertThat(Duration.ofNanos(took)).isLessThan(LIMIT.plusSeconds(3));
    }

    /** Values of one hash are told apart in less than all pairs take. */
    @Test
    void distinctEndsForValuesOfOneHash() {
        var same = IntStream.range(0, 1 << 14)
                .mapToObj(n -> List.of(IntStream.range(0, 14)
                        .mapToObj(bit -> (n >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining())))
                .toList();
        var bounds =
                new ExpressionBounds(System.nanoTime() + Duration.ofSeconds(20).toNanos(), 400);

        assertThat(Program.parse("$count($distinct(same))")
                        .evaluate(Map.of("same", same), _ -> null, bounds, Clock.systemUTC()))
                .isEqualTo(1 << 14);
    }

    @Test
    void distinctKnowsObjectsByTheirMembersInAnyOrder() {
        assertThat(outcome(
                        "$distinct([{\"a\": 1, \"b\": [0, -0]}, {\"b\": [0, 0], \"a\": 1}, {\"a\": \"1\"}, [1],"
                                + " [\"1\"], null, \"null\"])",
                        null))
                .isEqualTo("[{a=1, b=[0, 0]}, {a=1}, [1], [1], null, null]");
    }

    @Test
    void aTransformChangesNothingButItsCopy() {
        var input = input();

        outcome("$ ~> |$$.items|{\"n\": 100}, \"a\"|", input);

        assertThat(input).isEqualTo(input());
    }

    /** Two threads with more or less stack left read the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(|)",
                "[|]",
                "{\"a\":|}",
                "-|",
                "a.|",
                "|+a",
                "a?b:|",
                "$x:=|",
                "$f(|)",
                "function(){|}",
                "a[|]",
                "|[0]",
                "|()",
                "a^(|)",
                "$sum(|, 1)",
                "|~>$f",
                "|@$x",
                "(a;|)",
                "a{b:|}",
                "|and a"
            })
    void whatIsNestedDeeplyIsAnExpressionForAllThreadsOrForNone(String pattern) throws InterruptedException {
        var parts = pattern.split("\\|", -1);
        for (var levels : List.of(30, 300, 700, 1_400, 5_000)) {
            var text = parts[0].repeat(levels) + "b" + parts[1].repeat(levels);

            assertThat(read(text, 256 << 10)).as("%d levels", levels).isEqualTo(read(text, 16 << 20));
        }
    }

    @Test
    void aMessageCutsNoCharacterInTwo() {
        var text = "\"" + "x".repeat(79) + "\ud83d\ude00\" + 1";

        assertThat(outcome(text, null)).contains("x…").doesNotContain("\ud83d…");
    }

    @Test
    void aMessageShowsValuesAsTheyAre() {
        assertThat(outcome("\"{other}\" < 1", null)).contains("not {other} and 1");
        assertThat(outcome("[{\"a\": 1}, {\"a\": null}]^(a)", null)).contains("not null");
        assertThat(outcome("[{\"a\": 1}, {\"a\": [2]}]^(a)", null)).contains("not an array");
    }

    @Test
    void pictureAndRegularExpressionsHaveBounds() {
        assertThatExceptionOfType(ExpressionFault.class)
                .isThrownBy(() -> Program.parse("/(?:a{100}b){101}/"))
                .satisfies(fault -> assertThat(fault.text()).contains("10000 times"));
        assertThat(outcome("$formatInteger(1, $join($map([1..400], function() { \"#,0\" })))", null))
                .contains("at most 1000 characters");
        assertThat(outcome("$parseInteger($formatInteger(9999999, \"I\"), \"I\")", null))
                .isEqualTo("9999999.0");
        assertThat(outcome("$match(\"aaab\", /^a{2,3}b$/).match", null)).isEqualTo("aaab");
    }

    private static String read(String text, int stack) throws InterruptedException {
        var read = new AtomicReference<>("");
        var thread = new Thread(
                null, () -> read.set(String.valueOf(catchThrowable(() -> Program.parse(text)))), "reader", stack);
        thread.start();
        thread.join();
        return read.get();
    }

    private static String outcome(String text, @Nullable Object input) {
        return outcome(text, input, Duration.ofSeconds(30));
    }

    private static String outcome(String text, @Nullable Object input, Duration limit) {
        var bounds = new ExpressionBounds(System.nanoTime() + limit.toNanos(), 400);
        try {
            return String.valueOf(Program.parse(text).evaluate(input, _ -> null, bounds, Clock.systemUTC()));
        } catch (ExpressionFault e) {
            return e.text();
        } catch (ExpressionOverrun e) {
            return e.getMessage();
        }
    }

    /** Of values that can not be changed, like parts of a message that others read. */
    private static Map<String, Object> input() {
        var input = new LinkedHashMap<String, Object>();
        input.put("digits", "1".repeat(200) + "x");
        input.put("words", "a".repeat(200) + "1");
        input.put("pattern", "#,".repeat(200_000) + "0");
        input.put("items", List.of(Map.of("n", 1, "a", "x"), Map.of("n", 2, "a", "y")));
        return input;
    }
}
