package dev.weft.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.common.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicLong now = new AtomicLong(1000);
    private final RateLimit limit = new RateLimit(now::get, Duration.ofMinutes(1));

    @Test
    void letsAMinutesWorthComeAtOnce() {
        for (var i = 0; i < 60; i++) {
            limit.require("a", 60);
        }

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> limit.require("a", 60))
                .satisfies(e -> assertThat(e.first().meta()).containsEntry(RetryLater.META, 1L));
    }

    @Test
    void letsTheNextComeWhenItIsTime() {
        for (var i = 0; i < 60; i++) {
            limit.require("a", 60);
        }
        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThatCode(() -> limit.require("a", 60)).doesNotThrowAnyException();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> limit.require("a", 60));
    }

    @Test
    void countsKeysApart() {
        limit.require("a", 1);

        assertThatCode(() -> limit.require("b", 1)).doesNotThrowAnyException();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> limit.require("a", 1));
    }

    @Test
    void isOffAtZero() {
        for (var i = 0; i < 100; i++) {
            limit.require("a", 0);
        }
    }
}
