package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$",
                "a.b[0].c",
                "bad ? $error('x') : $",
                "{\"a\": $sum(b.c)}",
                "elasticio.step_1.body.n > 3",
                "a & \"(((\"",
                "$map([1..3], function($x) { $x * 2 })",
                "/ab+c/i",
                "`step-1`.body",
                "$msg.headers"
            })
    void acceptsJsonata(String expression) {
        assertThat(ExpressionSyntax.fault(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "(((",
                "a = ",
                "{\"a\": ",
                "b +",
                "info@acme.org",
                "\"open",
                "`open",
                "/open",
                "a[",
                ")",
                "[1..",
                "$f(",
                "function($x",
                "/* open",
                "a ? b :",
                "1.e",
                "'\\u12'",
                "%",
                "|a|b"
            })
    void refusesWhatIsNot(String expression) {
        assertThat(ExpressionSyntax.fault(expression)).isPresent();
    }

    @Test
    void endsOnHostileText() {
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            assertThat(ExpressionSyntax.fault("(".repeat(5000) + ")".repeat(5000)))
                    .isPresent();
            assertThat(ExpressionSyntax.fault("a".repeat(100_000))).isPresent();
            ExpressionSyntax.fault("-".repeat(60_000) + "1");
            ExpressionSyntax.fault("a?b:".repeat(15_000) + "c");
            ExpressionSyntax.fault("1+".repeat(30_000) + "1");
            ExpressionSyntax.fault("a.".repeat(30_000) + "b");
            ExpressionSyntax.fault("/" + "(a+)+".repeat(10_000) + "/");
        });
    }
}
