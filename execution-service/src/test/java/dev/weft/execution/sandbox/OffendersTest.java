package dev.weft.execution.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OffendersTest {

    private final AtomicLong now = new AtomicLong();
    private final Offenders offenders = new Offenders(now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void keepsApartForTenMinutesAndNobodyElse() {
        offenders.add("a");

        assertThat(offenders.contains("a")).isTrue();
        assertThat(offenders.contains("b")).isFalse();
        pass(Duration.ofMinutes(11));
        assertThat(offenders.contains("a")).isFalse();
    }

    @Test
    void keepsApartForLongerAndLetsWaitLongerAfterEachDeath() {
        offenders.add("a");
        assertThat(offenders.pause("a")).isEqualTo(Duration.ofMillis(500));
        for (var n = 0; n < 20; n++) {
            offenders.add("a");
        }

        assertThat(offenders.pause("a")).isEqualTo(Duration.ofSeconds(16));
        pass(Duration.ofMinutes(59));
        assertThat(offenders.contains("a")).isTrue();
        assertThat(offenders.pause("a")).isZero();
        pass(Duration.ofMinutes(2));
        assertThat(offenders.contains("a")).isFalse();
    }

    @Test
    void keepsTheGreedyApartAndLetsThemNotWait() {
        offenders.addGreedy("a");

        assertThat(offenders.contains("a")).isTrue();
        assertThat(offenders.pause("a")).isZero();
        pass(Duration.ofMinutes(11));
        assertThat(offenders.contains("a")).isFalse();
        offenders.addGreedy("a");
        assertThat(offenders.contains("a")).isTrue();
    }

    @Test
    void forgetsNoDeathForGreed() {
        offenders.add("a");
        offenders.addGreedy("a");
        offenders.add("a");

        assertThat(offenders.pause("a")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void beginsAnewWithWhoWasGoodForLong() {
        for (var n = 0; n < 20; n++) {
            offenders.add("a");
        }
        pass(Duration.ofHours(2));

        offenders.add("a");

        assertThat(offenders.pause("a")).isEqualTo(Duration.ofMillis(500));
    }
}
