package dev.weft.execution.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluationThreadsTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final EvaluationThreads threads = new EvaluationThreads(3);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        callers.shutdownNow();
        threads.close();
    }

    /** As an evaluation that looks at no clock: it minds no interrupt. */
    private Object hang() {
        while (end.getCount() > 0) {
            Thread.onSpinWait();
        }
        return "ended";
    }

    @Test
    void knowsHowLongOneMayTakeWithTheWaitForItsThread() {
        assertThat(EvaluationThreads.longest(LONG)).isBetween(LONG.plusMinutes(1), LONG.plusSeconds(61));
    }

    @Test
    void worksOnThreadsOfThePlatformAndHandsOnWhatComesOfIt() throws Exception {
        assertThat(threads.call("t", LONG, () -> Thread.currentThread().isVirtual()))
                .isEqualTo(false);
        assertThat(threads.call("t", LONG, () -> null)).isNull();
        assertThatThrownBy(() -> threads.call("t", LONG, () -> {
                    throw new IllegalStateException("a fault");
                }))
                .hasMessage("a fault");
        assertThatThrownBy(() -> threads.call("t", LONG, () -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(threads.call("t", LONG, () -> "on")).isEqualTo("on");
    }

    @Test
    void whatDoesNotEndIsGivenUpAndItsThreadReplaced() throws Exception {
        for (var n = 1; n <= 3; n++) {
            assertThatThrownBy(() -> threads.call("t", SHORT, this::hang)).isInstanceOf(TimeoutException.class);
            assertThat(threads.lost()).isEqualTo(n);
        }

        var done = new ArrayList<Future<?>>();
        for (var n = 0; n < 100; n++) {
            done.add(callers.submit(() -> threads.call("t", LONG, () -> "on")));
        }

        for (var one : done) {
            assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo("on");
        }
        assertThat(threads.mayTake()).isTrue();
    }

    @Test
    void aThreadThatCanNotBeReplacedIsReplacedLaterOrComesBack() throws Exception {
        var none = new AtomicBoolean();
        ThreadFactory system = work -> {
            if (none.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(work, "e");
        };
        try (var few = new EvaluationThreads(2, system)) {
            none.set(true);
            assertThatThrownBy(() -> few.call("t", SHORT, this::hang)).isInstanceOf(TimeoutException.class);
            none.set(false);
            assertThatThrownBy(() -> few.call("t", SHORT, this::hang)).isInstanceOf(TimeoutException.class);
            none.set(true);
            assertThatThrownBy(() -> few.call("t", SHORT, this::hang)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> few.call("t", SHORT, this::hang)).isInstanceOf(TimeoutException.class);

            end.countDown();

            // Both have come back: each waits for the other.
            var both = new CountDownLatch(2);
            Callable<Object> meets = () -> few.call(Thread.currentThread().toString(), LONG, () -> {
                both.countDown();
                try {
                    return both.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            for (var met : callers.invokeAll(List.of(meets, meets))) {
                assertThat(met.get()).isEqualTo(true);
            }
        }
    }

    @Test
    void takesNoMoreWhileTooManyDoNotEnd() throws Exception {
        for (var n = 0; n < 4; n++) {
            assertThatThrownBy(() -> threads.call("t", SHORT, this::hang)).isInstanceOf(TimeoutException.class);
        }
        assertThat(threads.mayTake()).isFalse();

        end.countDown();

        await().atMost(LONG).until(threads::mayTake);
        await().atMost(LONG).until(() -> threads.lost() == 0);
        assertThat(threads.call("t", LONG, () -> "on")).isEqualTo("on");
    }

    @Test
    void oneTenantTakesNotAllOfThem() throws Exception {
        var begun = new AtomicInteger();
        List<Future<?>> held = new ArrayList<>();
        for (var n = 0; n < 10; n++) {
            held.add(callers.submit(() -> threads.call("greedy", LONG, () -> {
                begun.incrementAndGet();
                return hang();
            })));
        }
        await().atMost(LONG).until(() -> begun.get() == 2);

        assertThat(threads.call("other", LONG, () -> "on")).isEqualTo("on");
        assertThat(begun).hasValue(2);
        end.countDown();
        for (var one : held) {
            assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo("ended");
        }
    }
}
