package dev.weft.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsumerPausesTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger told = new AtomicInteger();
    private final ConsumerPauses pauses = new ConsumerPauses(now::get, told::incrementAndGet);

    private long next() {
        return pauses.start().nextBackOff();
    }

    @Test
    void growUntilAConsumerHasLivedForAWhile() {
        assertThat(next()).isBetween(250L, 500L);
        for (var n = 0; n < 10; n++) {
            next();
        }
        assertThat(next()).isBetween(5000L, 10_000L);
        assertThat(told).hasValue(12);

        pauses.began();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(next()).as("one that ends at once is no sign of health").isGreaterThanOrEqualTo(5000);
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(next()).as("nor is a long time without any").isGreaterThanOrEqualTo(5000);

        pauses.began();
        now.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(next()).isLessThanOrEqualTo(500);
    }
}
