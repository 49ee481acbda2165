package dev.weft.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionOverrun;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an evaluation makes is bounded while it makes it. */
class MakingTest {

    private static final int MOST = 4_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t & 1",
                "t & t",
                "{'a': t & 1, 'b': t & 2}",
                "$join([t, t])",
                "$join(words, t)",
                "$replace(t, 'x', 'yy')",
                "$replace(t, /x/, 'yy')",
                "$pad('x', 5000)",
                "$string(words)",
                "$string({'a': t})",
                "'' & [t]",
                "$uppercase(t)",
                "$lowercase(t)",
                "$trim(t)",
                "$substring(t, 1)",
                "$substringBefore(t & 'q', 'q')",
                "$substringAfter(t, 'x')",
                "$split(t, '')",
                "$split(t, 'x')",
                "$split(t, /x/)",
                "$base64encode(t)",
                "$base64decode(t)",
                "$encodeUrl(u)",
                "$encodeUrlComponent(t)",
                "$decodeUrl(t)",
                "$keys(named)",
                "$spread(named)",
                "$merge([named, named])",
                "$append(words, words)",
                "$reverse(words)",
                "$lookup(rows, 'w')",
                "[words, words]",
                "{'a': words[$ != 'q']}",
                "rows.w",
                "rows.($$.words)",
                "words.{'a': 1}",
                "*",
                "**",
            })
    void endsWhereItMakesTooMuch(String text) {
        assertThatExceptionOfType(ExpressionOverrun.class)
                .isThrownBy(() -> evaluate(text, bounds(Duration.ofSeconds(20))))
                .withMessageContaining("makes too much");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t",
                "[t, t, t]",
                "{'a': t, 'b': t}",
                "t & ''",
                "$$.t",
                "$lookup($, 't')",
                "$substringBefore(t, 'q')",
                "$replace(t, 'x', 'y', 0)",
                "$replace(t, 'q', 'y')",
                "rows{n: w}",
                "$max($map([1..10], function($v) { $v })) > 1 ? t : u",
                "$length(t)",
                "$count(words)",
                "$string(1)",
                "t = u",
            })
    void countsNothingThatItOnlyHandsOn(String text) {
        var bounds = bounds(Duration.ofSeconds(20));

        evaluate(text, bounds);

        assertThat(bounds.made()).isLessThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$split(t, '')", "$split(t, 'x')", "$replace(t, 'x', 'y')", "$encodeUrl(u)"})
    void looksAtTheTimeInItsLoops(String text) {
        var texts = Map.of("t", "x".repeat(5_000), "u", "ä".repeat(5_000));
        var late = new ExpressionBounds(System.nanoTime() - 1, 400);

        assertThatExceptionOfType(ExpressionOverrun.class)
                .isThrownBy(() ->
                        Program.parse(text.replace('\'', '"')).evaluate(texts, _ -> null, late, Clock.systemUTC()))
                .withMessageContaining("too long");
    }

    /** Where only a single value is bounded, all of them together may be larger. */
    @Test
    void refusesOneValueThatIsTooLarge() {
        var bounds = ExpressionBounds.ofValues(
                System.nanoTime() + Duration.ofSeconds(20).toNanos(), 400, 20 * MOST);

        evaluate("$sum($map([1..200], function($v) { $count($append(words, $v)) }))", bounds);
        assertThat(bounds.made()).isGreaterThan(20 * MOST);
        assertThatExceptionOfType(ExpressionOverrun.class)
                .isThrownBy(() -> evaluate(
                        "($f := function($l, $n) { $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $count($f(words, 20)))",
                        bounds))
                .matches(ExpressionOverrun::isOfMemory);
    }

    @Test
    void trimsAsTheLanguageDoes() {
        for (var text : List.of("", " ", "a", " a ", "a  b", "\t a \r\n b\u00a0 ", "\u2003a")) {
            var expected = text.replaceAll("[ \\t\\n\\r]+", " ").replaceAll("^ | $", "");

            assertThat(Program.parse("$trim(t)")
                            .evaluate(Map.of("t", text), _ -> null, bounds(Duration.ofSeconds(20)), Clock.systemUTC()))
                    .isEqualTo(expected);
        }
    }

    private static ExpressionBounds bounds(Duration limit) {
        return new ExpressionBounds(System.nanoTime() + limit.toNanos(), 400, MOST);
    }

    private static void evaluate(String text, ExpressionBounds bounds) {
        var words = Collections.nCopies(600, "word");
        var input = new LinkedHashMap<String, Object>();
        input.put("t", "x".repeat(MOST));
        input.put("u", "ä".repeat(MOST));
        input.put("words", words);
        input.put("rows", List.of(Map.of("n", "a", "w", words), Map.of("n", "b", "w", words)));
        input.put("named", IntStream.range(0, 100).boxed().collect(Collectors.toMap(n -> "n" + n, n -> n)));
        Program.parse(text.replace('\'', '"')).evaluate(input, _ -> null, bounds, Clock.systemUTC());
    }
}
