package dev.weft.execution.builtin.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.jsonata.StandaloneExpressions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.StepFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MapperMapTest {

    private final MapperMap mapper = new MapperMap(new StandaloneExpressions().expressions());
    private final StepMessage message = StepMessage.of(Map.of("a", 1, "b", "x"));

    @Test
    void emitsWhatTheExpressionGives() {
        assertThat(bodies(Map.of("expression", "{\"n\": a + 1}"))).containsExactly(Map.of("n", 2));
        assertThat(bodies(Map.of("expression", Map.of("n", "a", "l", List.of("b", 5, true)))))
                .containsExactly(Map.of("n", 1, "l", List.of("x", 5, true)));
        assertThat(bodies(Map.of("expression", 5))).containsExactly(5);
    }

    @Test
    void passesTheBodyOnByDefault() {
        assertThat(bodies(Map.of())).containsExactly(message.body());
    }

    @Test
    void emitsNothingForUndefinedButNull() {
        assertThat(bodies(Map.of("expression", "no.such"))).isEmpty();
        assertThat(bodies(Map.of("expression", "null"))).containsExactly((Object) null);
    }

    @Test
    void failsAsItsExpressionDoes() {
        assertThatThrownBy(() -> bodies(Map.of("expression", "$error('boom')")))
                .isInstanceOf(StepFailure.class)
                .hasMessage("boom");
        assertThatIllegalArgumentException().isThrownBy(() -> bodies(Map.of("expression", "(((")));
    }

    private List<Object> bodies(Map<String, Object> fields) {
        return WorkedStep.bodies(WorkedStep.work(mapper, fields, message));
    }
}
