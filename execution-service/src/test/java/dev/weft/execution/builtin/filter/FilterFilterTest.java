package dev.weft.execution.builtin.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.jsonata.StandaloneExpressions;
import dev.weft.execution.message.StepMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterFilterTest {

    private final FilterFilter filter = new FilterFilter(new StandaloneExpressions().expressions());

    @Test
    void letsPassWhatIsTrueAsTheLanguageHasIt() {
        for (var value : new Object[] {true, 1, "x", List.of(1), List.of(0, 1), Map.of("a", 1)}) {
            assertThat(passes("v", value)).as("%s", value).isTrue();
        }
        for (var value : new Object[] {false, 0, "", null, List.of(), List.of(0), List.of(0, ""), Map.of()}) {
            assertThat(passes("v", value)).as("%s", value).isFalse();
        }
        assertThat(passes("gone", 1)).isFalse();
        assertThat(passes(true, 1)).isTrue();
        assertThat(passes("v > 10", 11)).isTrue();
    }

    @Test
    void needsItsExpression() {
        assertThatIllegalArgumentException().isThrownBy(() -> filter.prepare(WorkedStep.settings(Map.of())));
    }

    private boolean passes(Object expression, Object value) {
        var body = new HashMap<String, Object>();
        body.put("v", value);
        var outcomes = WorkedStep.work(filter, Map.of("expression", expression), StepMessage.of(body));
        assertThat(WorkedStep.bodies(outcomes)).isIn(List.of(body), List.of());
        return !outcomes.isEmpty();
    }
}
