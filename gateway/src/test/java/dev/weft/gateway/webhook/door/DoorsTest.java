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

        assertThat(questions).hasValue(1_000);
        // Each is some 85,000 bytes, so no more than 380 are left.
        IntStream.range(0, 1_000).forEach(n -> doors.find("flow" + n));
        assertThat(questions).as("most are asked for again").hasValueGreaterThan(1_600);
    }

    @Test
    void theDoorsOfOneContractOrTenantAreForgottenAndNoOthers() {
        var doors = new Doors(flow -> {
            questions.incrementAndGet();
            return Optional.of(door(flow, flow.substring(0, 2), flow.substring(0, 1), List.of("*")));
        });
        var flows = List.of("ab1", "ab2", "ac1", "xy1");
        flows.forEach(doors::find);

        assertThat(askedAgain(doors, flows)).isZero();
        doors.forgetOf("a", "ab");
        assertThat(askedAgain(doors, flows)).as("of a contract").isEqualTo(2);
        doors.forgetOf("a", null);
        assertThat(askedAgain(doors, flows)).as("of a tenant").isEqualTo(3);
        doors.forgetOf(null, null);
        assertThat(askedAgain(doors, flows)).as("of all").isEqualTo(4);
    }

    private int askedAgain(Doors doors, List<String> flows) {
        var before = questions.get();
        flows.forEach(doors::find);
        return questions.get() - before;
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
        return door(flow, "c", "t", origins);
    }

    private static HookDoor door(String flow, String contract, String tenant, List<String> origins) {
        var lock = new DoorLock.Basic("ann", "0".repeat(64));
        return new HookDoor(
                flow, "w", contract, "u", "r", "q", "s", false, null, false, lock, true, null, origins, tenant, "v");
    }

    private static void awaitDone(CountDownLatch latch) {
        await().atMost(Duration.ofSeconds(30)).until(() -> latch.getCount() == 0);
    }
}
