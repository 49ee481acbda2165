package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FairShareTest {

    @Test
    void keepsAllWhenItIsAlone() {
        assertThat(FairShare.surplus(20, List.of())).isZero();
    }

    @Test
    void givesHalfToOneThatHasNone() {
        assertThat(FairShare.surplus(20, List.of(0))).isEqualTo(10);
        assertThat(FairShare.surplus(2, List.of(0))).isEqualTo(1);
    }

    @Test
    void keepsItsShareAndWhatWouldOnlyChangePlaces() {
        assertThat(FairShare.surplus(1, List.of(0))).isZero();
        assertThat(FairShare.surplus(3, List.of(2))).isZero();
        assertThat(FairShare.surplus(10, List.of(10))).isZero();
        assertThat(FairShare.surplus(3, List.of(9, 0))).isZero();
    }

    @Test
    void endsWithEqualSharesOfThreeWhoeverGetsWhatIsGiven() {
        var queues = new int[] {30, 0, 0};
        for (var round = 0; round < 10; round++) {
            for (var from = 0; from < 3; from++) {
                var other = queues[(from + 1) % 3];
                var another = queues[(from + 2) % 3];
                var given = FairShare.surplus(queues[from], List.of(other, another));
                queues[from] -= given;
                queues[(from + 1) % 3] += given;
            }
        }

        assertThat(queues).containsExactly(10, 10, 10);
    }
}
