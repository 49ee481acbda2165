package dev.weft.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryWaitsTest {

    @Test
    void growFromASecondToHoursOverThreeDays() {
        var waits = RetryWaits.USUAL;

        assertThat(waits.after(1)).contains(Duration.ofSeconds(1));
        assertThat(waits.after(2)).contains(Duration.ofSeconds(5));
        assertThat(waits.after(8)).contains(Duration.ofHours(3));
        assertThat(waits.after(31)).contains(Duration.ofHours(3));
        assertThat(waits.after(32)).isEmpty();
        var all = Duration.ZERO;
        for (var failed = 1; waits.after(failed).isPresent(); failed++) {
            all = all.plus(waits.after(failed).orElseThrow());
        }
        assertThat(all).isBetween(Duration.ofDays(3), Duration.ofDays(4));
    }
}
