package dev.weft.execution.rebound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReboundSeriesTest {

    private final ReboundSeries series = new ReboundSeries(Duration.ofSeconds(15), Duration.ofMinutes(10));

    @Test
    void doublesTheWaitUpToTheLongest() {
        assertThat(IntStream.rangeClosed(1, 8)
                        .mapToObj(n -> series.waitBefore(n, null).toSeconds()))
                .containsExactly(15L, 30L, 60L, 120L, 240L, 480L, 600L, 600L);
    }

    @Test
    void roundsAWishUpToTheSeries() {
        assertThat(series.waitBefore(5, Duration.ofMillis(10))).isEqualTo(Duration.ofSeconds(15));
        assertThat(series.waitBefore(1, Duration.ofSeconds(16))).isEqualTo(Duration.ofSeconds(30));
        assertThat(series.waitBefore(1, Duration.ofSeconds(500))).isEqualTo(Duration.ofSeconds(600));
    }

    @Test
    void grantsAWishOfUpToAnHour() {
        assertThat(series.waitBefore(1, Duration.ofMinutes(15))).isEqualTo(Duration.ofSeconds(960));
        assertThat(series.waitBefore(1, Duration.ofMinutes(59))).isEqualTo(Duration.ofHours(1));
        assertThat(series.waitBefore(1, Duration.ofHours(5))).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void noWaitIsLongerThanAnHourOrTheLongestOfTheSeries() {
        assertThat(series.longestWait()).isEqualTo(Duration.ofHours(1));
        assertThat(new ReboundSeries(Duration.ofSeconds(15), Duration.ofHours(3)).longestWait())
                .isEqualTo(Duration.ofHours(3));
    }
}
