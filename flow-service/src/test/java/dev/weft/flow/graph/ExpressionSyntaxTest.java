package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$replace(\"t{par}\", /{par}/, \"\")",
                "$match(a, /x{2}{y}/)",
                "$match(a, /a{1,}b{2,3}/)",
                "$match(a, /[^]/)",
                "$match(a, /[]/)",
                "$match(a, /(?<x>b)/)",
                "$match(a, /\\\\0/)",
                "a /* the end */"
            })
    void takesWhatTheEngineReads(String expression) {
        assertThat(ExpressionSyntax.fault(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$match(a, /[b-a]/)",
                "$match(a, /a++/)",
                "$match(a, /(?i)x/)",
                "1 +",
                "/* c",
                "function($x)<(a<n>)>{1}",
                "\"\\x\""
            })
    void saysWhyItIsNone(String expression) {
        assertThat(ExpressionSyntax.fault(expression))
                .hasValueSatisfying(fault -> assertThat(fault)
                        .containsPattern("This is not JSONata: .*\\([SD]\\d{4}")
                        .doesNotContain("Exception", "{{", "null"));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 400})
    void takesDeepBracketsThatTheEngineEvaluates(int depth) {
        assertThat(ExpressionSyntax.fault("(".repeat(depth) + "1" + ")".repeat(depth)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 30_000})
    void refusesBracketsThatAreTooDeep(int depth) {
        assertThat(ExpressionSyntax.fault("(".repeat(depth) + "1" + ")".repeat(depth)))
                .hasValueSatisfying(fault -> assertThat(fault).contains("too deep"));
    }
}
