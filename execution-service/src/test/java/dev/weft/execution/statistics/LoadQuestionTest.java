package dev.weft.execution.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.execution.consumer.QueueLoad;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadQuestionTest {

    @Test
    void isAnsweredWhenAllConsumersHaveBeenHeardOf() {
        var question = LoadQuestion.untilConsumers(Map.of("a", 2, "b", 1, "unused", 0));

        question.answer("one", Map.of("a", new QueueLoad(1, 2, 3), "b", new QueueLoad(1, 0, 0)));
        assertThat(question.isAnswered()).isFalse();
        question.answer("other", Map.of("a", new QueueLoad(1, 10, 20)));

        assertThat(question.isAnswered()).isTrue();
        assertThat(question.await(Duration.ZERO))
                .containsEntry("a", new QueueLoad(2, 12, 23))
                .containsEntry("b", new QueueLoad(1, 0, 0));
    }

    @Test
    void isNotAnsweredWhileOneOfThoseWhoMayHaveSomethingIsSilent() {
        var question = LoadQuestion.untilReplicas(Set.of("one", "other"));

        question.answer("one", Map.of("a", new QueueLoad(1, 0, 0)));
        question.answer("one", Map.of("a", new QueueLoad(1, 0, 0)));
        question.answer("a third", Map.of());
        assertThat(question.isAnswered()).isFalse();
        question.answer("other", Map.of());

        assertThat(question.isAnswered()).isTrue();
        assertThat(question.await(Duration.ZERO)).containsEntry("a", new QueueLoad(1, 0, 0));
    }
}
