package dev.weft.execution.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.execution.hop.QueueLoad;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadQuestionTest {

    @Test
    void isAnsweredWhenAllConsumersHaveBeenHeardOf() {
        var question = new LoadQuestion(Map.of("a", 2, "b", 1, "unused", 0));

        question.answer(Map.of("a", new QueueLoad(1, 2, 3), "b", new QueueLoad(1, 0, 0)));
        assertThat(question.isAnswered()).isFalse();
        question.answer(Map.of("a", new QueueLoad(1, 10, 20)));

        assertThat(question.isAnswered()).isTrue();
        assertThat(question.await(Duration.ZERO))
                .containsEntry("a", new QueueLoad(2, 12, 23))
                .containsEntry("b", new QueueLoad(1, 0, 0));
    }
}
