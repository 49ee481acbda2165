package dev.weft.common.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallLimitsTest {

    private static final Duration FAR = ofSeconds(60);

    private CallLimits limits = new CallLimits();

    @AfterEach
    void close() {
        limits.close();
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    @Test
    void cancelsACallPastItsLimitOnceAndNotBeforeIt() throws InterruptedException {
        var cancelled = new CopyOnWriteArrayList<Long>();
        var over = new CountDownLatch(1);
        var end = in(ofMillis(100));

        try (var _ = limits.of(end, () -> cancelled.add(System.nanoTime() - end));
                var _ = limits.of(in(ofMillis(300)), over::countDown)) {
            await().atMost(ofSeconds(30)).until(() -> !cancelled.isEmpty());
            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(cancelled).singleElement().satisfies(late -> assertThat(late).isNotNegative());
    }

    @Test
    void aCallThatHasEndedIsNotCancelled() throws InterruptedException {
        var cancelled = new AtomicInteger();
        var later = new CountDownLatch(1);
        long limit;
        do {
            // One that did not end in time has said nothing.
            cancelled.set(0);
            limit = in(ofMillis(100));
            limits.of(limit, cancelled::incrementAndGet).close();
        } while (System.nanoTime() - limit >= 0);

        try (var _ = limits.of(in(ofMillis(200)), later::countDown)) {
            assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(cancelled).hasValue(0);
    }

    @Test
    void aCallThatCanNotBeCancelledKeepsNoOther() throws InterruptedException {
        var other = new CountDownLatch(1);

        try (var _ = limits.of(in(ofMillis(1)), () -> {
                    throw new IllegalStateException("no");
                });
                var _ = limits.of(in(ofMillis(200)), other::countDown)) {
            assertThat(other.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void sleepsWhileNobodyCallsAndIsAwakeForAsLongAsACallLasts() {
        await().atMost(ofSeconds(30)).until(limits::isAsleep);

        try (var _ = limits.of(in(FAR), () -> {})) {
            await().atMost(ofSeconds(30)).until(() -> !limits.isAsleep());
            await().during(ofMillis(1500)).atMost(ofSeconds(30)).until(() -> !limits.isAsleep());
        }

        await().atMost(ofSeconds(30)).until(limits::isAsleep);
    }

    /** It goes to sleep after each look, and the next limit comes at that moment. */
    @Test
    void noLimitIsLostWhileItGoesToSleep() throws InterruptedException {
        limits.close();
        limits = new CallLimits(Duration.ofNanos(1), 1);

        for (var n = 0; n < 20_000; n++) {
            var cancelled = new CountDownLatch(1);
            try (var _ = limits.of(System.nanoTime(), cancelled::countDown)) {
                assertThat(cancelled.await(30, TimeUnit.SECONDS))
                        .as("limit %s", n)
                        .isTrue();
            }
            LockSupport.parkNanos(n % 50 * 1000L);
        }
    }

    @Test
    void itsThreadEndsWhenItIsClosedAlsoInItsSleep() {
        await().atMost(ofSeconds(30)).until(limits::isAsleep);

        limits.close();

        await().atMost(ofSeconds(30)).until(() -> !limits.isWatching());
    }
}
