package dev.weft.execution.builtin.splitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.jsonata.StandaloneExpressions;
import dev.weft.execution.message.StepMessage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitterSplitTest {

    private final SplitterSplit splitter = new SplitterSplit(new StandaloneExpressions().expressions());

    @Test
    void makesAMessageOfEachElementInOrder() {
        assertThat(bodies("xs", List.of(1, "two", Map.of("a", 3), List.of(4, 5), true)))
                .containsExactly(
                        Map.of("value", 1),
                        Map.of("value", "two"),
                        Map.of("a", 3),
                        Map.of("value", List.of(4, 5)),
                        Map.of("value", true));
        var many = IntStream.range(0, 500).mapToObj(i -> Map.of("i", i)).toList();
        assertThat(bodies("xs", many)).isEqualTo(many);
    }

    @Test
    void takesOneThingForOneElement() {
        assertThat(bodies("xs", List.of(Map.of("a", 1)))).containsExactly(Map.of("a", 1));
        assertThat(bodies("xs", 5)).containsExactly(Map.of("value", 5));
        assertThat(bodies("xs", List.of())).isEmpty();
        assertThat(bodies("gone", 5)).isEmpty();
    }

    @Test
    void makesEachMessageAtItsTurn() {
        var million = Collections.nCopies(1_000_000, 1);

        var outcomes = WorkedStep.work(splitter, Map.of("expression", "xs"), StepMessage.of(Map.of("xs", million)));

        assertThat(outcomes).hasSize(1_000_000);
        assertThat(outcomes.get(5)).isEqualTo(outcomes.get(5)).isNotSameAs(outcomes.get(5));
    }

    @Test
    void needsItsExpression() {
        assertThatIllegalArgumentException().isThrownBy(() -> splitter.prepare(WorkedStep.settings(Map.of())));
    }

    private List<Object> bodies(String expression, Object xs) {
        return WorkedStep.bodies(
                WorkedStep.work(splitter, Map.of("expression", expression), StepMessage.of(Map.of("xs", xs))));
    }
}
