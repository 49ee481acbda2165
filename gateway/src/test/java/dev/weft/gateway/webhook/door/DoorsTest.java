package dev.weft.gateway.webhook.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DoorsTest {

    private static final String FLOW = "5e4b0b1f2c3d4e5f6a7b8c9d";

    private final AtomicInteger questions = new AtomicInteger();

    @Test
    void thatAFlowIsUnknownIsForgottenAtOnceWhenItsDoorChanges() {
        var doors = new Doors(_ -> {
            questions.incrementAndGet();
            return Optional.empty();
        });
        assertThat(doors.find(FLOW)).isEmpty();

        doors.forget(FLOW);

        assertThat(doors.find(FLOW)).isEmpty();
        assertThat(questions).hasValue(2);
    }

    @Test
    void thatAFlowIsUnknownIsRememberedForAMomentOnly() {
        var doors = new Doors(_ -> {
            questions.incrementAndGet();
            return Optional.empty();
        });

        await().atMost(Duration.ofSeconds(3)).until(() -> doors.find(FLOW).isEmpty() && questions.get() == 2);
    }

    @Test
    void anAnswerUnderWayThatIsOlderThanTheChangeIsNotRemembered() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var changed = new CountDownLatch(1);
        var doors = new Doors(_ -> {
            if (questions.incrementAndGet() == 1) {
                asked.countDown();
                awaitDone(changed);
            }
            return Optional.empty();
        });
        var early = Thread.startVirtualThread(() -> doors.find(FLOW));
        awaitDone(asked);

        doors.forget(FLOW);
        changed.countDown();
        early.join(Duration.ofSeconds(10));

        assertThat(doors.find(FLOW)).isEmpty();
        assertThat(questions).hasValue(2);
    }

    private static void awaitDone(CountDownLatch latch) {
        await().atMost(Duration.ofSeconds(30)).until(() -> latch.getCount() == 0);
    }
}
