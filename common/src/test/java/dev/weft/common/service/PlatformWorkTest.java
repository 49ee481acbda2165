package dev.weft.common.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PlatformWorkTest {

    @Test
    void isDoneOnAPlatformThreadOfTheNameWhenItReturns() throws Exception {
        var worked = new AtomicReference<Thread>();
        Thread.ofVirtual()
                .start(() -> PlatformWork.run("large", () -> worked.set(Thread.currentThread())))
                .join();
        assertThat(worked.get().isVirtual()).isFalse();
        assertThat(worked.get().getName()).isEqualTo("large");
    }

    @Test
    void throwsWhatTheWorkThrows() {
        var fault = new IllegalArgumentException("no");
        assertThatThrownBy(() -> PlatformWork.run("large", () -> {
                    throw fault;
                }))
                .isSameAs(fault);
        var error = new StackOverflowError();
        assertThatThrownBy(() -> PlatformWork.run("large", () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void anInterruptIsKeptUntilTheWorkIsDone() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var done = new AtomicBoolean();
        var interrupted = new AtomicBoolean();
        var caller = Thread.ofVirtual().start(() -> {
            PlatformWork.run("large", () -> {
                begun.countDown();
                awaitQuietly(go);
                done.set(true);
            });
            interrupted.set(Thread.currentThread().isInterrupted() && done.get());
        });
        begun.await();
        caller.interrupt();
        go.countDown();
        caller.join();
        assertThat(interrupted).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
