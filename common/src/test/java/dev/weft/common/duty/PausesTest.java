package dev.weft.common.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PausesTest {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    @Test
    void growUpToTheLongestAndAreNeverQuiteTheSame() {
        var series = new GrowingPause(FIRST, LONGEST);
        var pauses = IntStream.range(0, 10).mapToObj(_ -> series.next()).toList();

        var bound = FIRST;
        for (var pause : pauses) {
            assertThat(pause).isBetween(bound.dividedBy(2), bound);
            var doubled = bound.multipliedBy(2);
            bound = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        }
        assertThat(pauses).doesNotHaveDuplicates();
        series.reset();
        assertThat(series.next()).isLessThanOrEqualTo(FIRST);
    }

    @Test
    void keepOneThingWaitingAndNoOther() {
        var pauses = new Pauses(Duration.ofHours(1), Duration.ofHours(1));

        pauses.failed("one");

        assertThat(pauses.isOver("one")).isFalse();
        assertThat(pauses.isOver("other")).isTrue();
        assertThat(pauses.size()).isOne();
        pauses.succeeded("one");
        assertThat(pauses.isOver("one")).isTrue();
    }
}
