package dev.weft.common.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingBytesTest {

    @Test
    void countsEachUntilItsWaitIsOver() {
        var waiting = new WaitingBytes();
        waiting.add(1000, 15_000);
        waiting.add(2000, 15_400);
        waiting.add(5000, 600_000);

        assertThat(waiting.at(14_000)).isEqualTo(8000 + 3 * SentBytes.OVERHEAD);
        assertThat(waiting.at(16_000)).isEqualTo(5000 + SentBytes.OVERHEAD);
        assertThat(waiting.at(601_000)).isZero();
    }
}
