package dev.weft.expression.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DeepStackTest {

    @Test
    void handsOnWhatComesOfTheWork() {
        assertThat(DeepStack.run(1000, () -> "read")).isEqualTo("read");
        assertThatThrownBy(() -> DeepStack.run(1000, () -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void workThatDoesNotEndKeepsNobody() {
        var never = new CountDownLatch(1);

        assertThatThrownBy(() -> DeepStack.runApart(() -> standStill(never), Duration.ofMillis(100)))
                .hasMessageContaining("within");
    }

    private static boolean standStill(CountDownLatch never) {
        try {
            never.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
