package dev.weft.execution.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldingQuestionTest {

    private final HoldingQuestion question = HoldingQuestion.ofKnown(Set.of("one", "other"));

    @Test
    void isAnsweredWhenAllWhoMustHaveSaidWhatTheyHave() {
        question.answer("one", List.of("e1"));
        question.answer("a third", List.of("e2"));
        assertThat(question.isAnswered()).isFalse();

        question.answer("other", List.of());

        assertThat(question.await(Duration.ZERO)).contains(Set.of("e1", "e2"));
    }

    @Test
    void saysNothingWhileOneIsSilent() {
        question.answer("one", List.of());
        question.answer("one", List.of());

        assertThat(question.await(Duration.ofMillis(1))).isEmpty();
    }

    /** A process that can not reach the store is not known any more, and has what it took from the broker. */
    @Test
    void hearsThoseWhoAreNotKnownAsWellWhenAnyoneMayAnswer() {
        var ofAnyone = HoldingQuestion.ofAnyone(Set.of("one"));
        ofAnyone.answer("one", List.of());
        assertThat(ofAnyone.isAnswered()).isFalse();

        ofAnyone.answer("a stranger", List.of("e1"));

        assertThat(ofAnyone.await(Duration.ofMillis(1))).contains(Set.of("e1"));
        assertThat(HoldingQuestion.ofAnyone(Set.of("one")).await(Duration.ofMillis(1)))
                .as("the known one is silent")
                .isEmpty();
    }
}
