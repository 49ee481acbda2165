package dev.weft.flow.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionSyntaxTest {

    @ParameterizedTest
    @ValueSource(strings = {"$replace(\"t{par}\", /{par}/, \"\")", "$match(a, /x{2}{y}/)", "$match(a, /a{1,}b{2,3}/)"})
    void takesBracesOfRegularExpressionsThatCountNothing(String expression) {
        assertThat(ExpressionSyntax.fault(expression)).isEmpty();
    }

    @Test
    void namesARegularExpressionThatCanNotBeRead() {
        assertThat(ExpressionSyntax.fault("$match(a, /[b-a]/)"))
                .hasValueSatisfying(fault ->
                        assertThat(fault).contains("This is not JSONata").doesNotContain("Exception"));
    }
}
