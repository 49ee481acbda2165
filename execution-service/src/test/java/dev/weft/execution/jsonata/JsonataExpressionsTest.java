package dev.weft.execution.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was compiled is kept, as far as there is room. */
class JsonataExpressionsTest {

    private final JsonataExpressions expressions = new JsonataExpressions(
            (_, _, _) -> {
                throw new IllegalStateException("Nothing is evaluated here.");
            },
            Clock.systemUTC(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            EvaluationLimits.USUAL);

    @AfterEach
    void close() {
        expressions.close();
    }

    @Test
    void whatWasCompiledLatelyIsNotCompiledAgain() {
        var compiled = expressions.compile("a.b");

        assertThat(expressions.compile("a.b")).isSameAs(compiled);
        assertThatIllegalArgumentException().isThrownBy(() -> expressions.compile("a.("));
        assertThatIllegalArgumentException().isThrownBy(() -> expressions.compile("a.("));
    }

    @Test
    void manySmallOnesAreKeptAndOfLargeOnesFew() {
        var usual = IntStream.range(0, 5_000).mapToObj(n -> "a.b" + n).toList();
        var compiled = usual.stream().map(expressions::compile).toList();
        assertThat(usual.stream().map(expressions::compile).toList()).isEqualTo(compiled);

        for (var n = 0; n < 30; n++) {
            var text =
                    IntStream.range(n, n + 5_000).mapToObj(each -> "a" + each).collect(Collectors.joining("&"));
            expressions.compile("[" + text.replace('&', ',') + "]");
        }

        assertThat(expressions.weight()).isBetween(1L, JsonataExpressions.HEAVIEST);
    }
}
