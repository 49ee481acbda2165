package dev.weft.common.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SentBytesTest {

    private final SentBytes sent = new SentBytes();

    @Test
    void knowsTheLastOnesOneByOne() {
        for (var size : new int[] {5_000_000, 10, 20, 30}) {
            sent.add(size);
        }

        assertThat(sent.ofLast(0)).isZero();
        assertThat(sent.ofLast(2)).isEqualTo(50 + 2 * SentBytes.OVERHEAD);
        assertThat(sent.ofLast(4)).isEqualTo(5_000_060 + 4 * SentBytes.OVERHEAD);
        assertThat(sent.ofLast(1000)).isEqualTo(5_000_060 + 4 * SentBytes.OVERHEAD);
    }

    @Test
    void knowsLargeOnesBehindManySmallOnes() {
        add(10_000, 100);
        add(20, 10_000_000);

        assertThat(sent.ofLast(20)).isCloseTo(200_000_000, Percentage.withPercentage(30));
        assertThat(sent.ofLast(10_020)).isCloseTo(200_000_000 + 10_000L * 1124, Percentage.withPercentage(5));
    }

    @Test
    void doesNotTakeWhatIsGoneForWhatWaits() {
        add(200, 1_000_000);
        add(10_000, 100);

        assertThat(sent.ofLast(1000)).isCloseTo(1000L * 1124, within(1124L));
        assertThat(sent.ofLast(4000)).isCloseTo(4000L * 1124, Percentage.withPercentage(30));
    }

    @Test
    void countsAsManyAsAQueueMayHave() {
        add(300_000, 976);

        assertThat(sent.ofLast(75_000)).isEqualTo(75_000L * 2000);
    }

    private void add(int count, int size) {
        for (var n = 0; n < count; n++) {
            sent.add(size);
        }
    }
}
