package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {

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
        assertThat(Expressions.fault(expression)).isEmpty();
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
        assertThat(Expressions.fault(expression)).isPresent();
    }

    @Test
    void endsOnHostileText() {
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            assertThat(Expressions.fault("(".repeat(5000) + ")".repeat(5000))).isPresent();
            assertThat(Expressions.fault("a".repeat(100_000))).isPresent();
            Expressions.fault("-".repeat(60_000) + "1");
            Expressions.fault("a?b:".repeat(15_000) + "c");
            Expressions.fault("1+".repeat(30_000) + "1");
            Expressions.fault("a.".repeat(30_000) + "b");
            Expressions.fault("/" + "(a+)+".repeat(10_000) + "/");
        });
    }
}
