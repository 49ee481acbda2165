package dev.weft.execution.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.execution.step.StepFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HopTimeTest {

    private final AtomicInteger turns = new AtomicInteger();

    /** Or a splitter with thousands of mappings would keep a carrier from all other threads. */
    @Test
    void letsOthersGoOnWhenItHasBeenAtWorkForLong() {
        var longAgo = new HopTime(Duration.ofHours(1), System.nanoTime() - 1_000_000_000L, turns::incrementAndGet);
        assertThat(longAgo.isOver()).isFalse();
        assertThat(turns).hasValue(1);

        var now = new HopTime(Duration.ofHours(1), System.nanoTime() + 600_000_000_000L, turns::incrementAndGet);
        assertThat(now.isOver()).isFalse();
        assertThat(turns).hasValue(1);
    }

    @Test
    void endsAfterItsTime() {
        var over = new HopTime(Duration.ofSeconds(1), System.nanoTime() - 2_000_000_000L, turns::incrementAndGet);

        assertThatThrownBy(over::check)
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("DeliveryTooLong"));
        assertThat(over.isExceeded()).isTrue();
        assertThat(over.longerBy(Duration.ofHours(1)).isOver()).isFalse();
    }
}
