package dev.weft.gateway.webhook.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.flowmessage.DoorLock;
import dev.weft.common.flowmessage.HookDoor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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

    @Test
    void ofVeryLargeDoorsFewAreKept() {
        var origins = IntStream.range(0, 1_000)
                .mapToObj(n -> "https://shop-" + n + ".weft.test")
                .toList();
        var doors = new Doors(flow -> {
            questions.incrementAndGet();
            return Optional.of(door(flow, origins));
        });

        IntStream.range(0, 1_000).forEach(n -> doors.find("flow" + n));

        assertThat(doors.weight()).isBetween(1L, Doors.HEAVIEST);
        assertThat(questions).hasValue(1_000);
        IntStream.range(0, 1_000).forEach(n -> doors.find("flow" + n));
        assertThat(questions).as("some are asked for again").hasValueGreaterThan(1_100);
    }

    @Test
    void usualDoorsAreKeptByTheThousand() {
        var doors = new Doors(flow -> {
            questions.incrementAndGet();
            return Optional.of(door(flow, List.of("*")));
        });

        IntStream.range(0, 20_000).forEach(n -> doors.find("flow" + n % 10_000));

        assertThat(questions).hasValue(10_000);
    }

    private static HookDoor door(String flow, List<String> origins) {
        var lock = new DoorLock.Basic("ann", "0".repeat(64));
        return new HookDoor(
                flow, "w", "c", "u", "run", "queue", "step", false, null, false, lock, true, null, origins, "t", "v");
    }

    private static void awaitDone(CountDownLatch latch) {
        await().atMost(Duration.ofSeconds(30)).until(() -> latch.getCount() == 0);
    }
}
