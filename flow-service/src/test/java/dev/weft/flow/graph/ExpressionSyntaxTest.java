package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

    @Test
    void stopsAtAHundredFaultsWhosePathsAreShort() {
        Object deep = Collections.nCopies(130_000, "1 +");
        for (int i = 0; i < 10; i++) {
            deep = Map.of("k".repeat(50_000), deep);
        }
        var faults = new GraphFaults("graph");

        ExpressionSyntax.check(deep, "/edges/0/config/mapper", faults);

        assertThat(faults.problems())
                .hasSize(100)
                .allSatisfy(fault -> assertThat(Graphs.blamed(fault))
                        .startsWith("graph/edges/0/config/mapper/kkk")
                        .hasSizeLessThanOrEqualTo(1_000));
    }

    @Test
    void namesTheMemberToBlame() {
        var faults = new GraphFaults("graph");

        ExpressionSyntax.check(Map.of("a/b", List.of("1", Map.of("c~", "1 +")), "d", "1"), "/mapper", faults);

        assertThat(faults.problems()).extracting(Graphs::blamed).containsExactly("graph/mapper/a~1b/1/c~0");
    }
}
