package dev.weft.execution.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FairSlotsTest {

    private static final Duration NOT_AT_ALL = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<String> granted = new CopyOnWriteArrayList<>();

    @Test
    void givesOneTenantAllButTheLastOnes() throws Exception {
        var slots = new FairSlots(8, 2);
        for (var n = 0; n < 6; n++) {
            assertThat(slots.acquire("a", NOT_AT_ALL)).isTrue();
        }

        assertThat(slots.acquire("a", NOT_AT_ALL)).isFalse();
        assertThat(slots.acquire("b", NOT_AT_ALL)).isTrue();
        assertThat(slots.acquire("c", NOT_AT_ALL)).isTrue();
        assertThat(slots.acquire("d", NOT_AT_ALL)).isFalse();

        slots.release("a");
        assertThat(slots.acquire("d", NOT_AT_ALL)).isTrue();
    }

    @Test
    void letsWhoHasFewestGoFirstHoweverManyOthersWait() throws Exception {
        var slots = new FairSlots(2, 0);
        slots.acquire("a", NOT_AT_ALL);
        slots.acquire("a", NOT_AT_ALL);
        for (var n = 0; n < 20; n++) {
            wait(slots, "a", n + 1);
        }
        wait(slots, "b", 1);

        slots.release("a");
        await().until(() -> granted.size() == 1);
        assertThat(granted).containsExactly("b");
    }

    @Test
    void takesTurnsAmongEquals() throws Exception {
        var slots = new FairSlots(1, 0);
        slots.acquire("x", NOT_AT_ALL);
        wait(slots, "a", 1);
        wait(slots, "a", 2);
        wait(slots, "b", 1);
        wait(slots, "b", 2);

        var last = "x";
        for (var n = 1; n <= 4; n++) {
            slots.release(last);
            var count = n;
            await().until(() -> granted.size() == count);
            last = granted.getLast();
        }

        assertThat(granted).containsExactly("a", "b", "a", "b");
    }

    @Test
    void forgetsWhoGaveUp() throws Exception {
        var slots = new FairSlots(1, 0);
        slots.acquire("a", NOT_AT_ALL);
        assertThat(slots.acquire("b", Duration.ofMillis(10))).isFalse();

        slots.release("a");

        assertThat(slots.acquire("c", NOT_AT_ALL)).isTrue();
    }

    @Test
    void letsALargeRequestComeToItsTurnThoughSmallOnesFollow() throws Exception {
        var slots = new FairSlots(4, 0);
        slots.acquire("a", 2, NOT_AT_ALL);
        slots.acquire("b", 1, NOT_AT_ALL);
        wait(slots, "large", 3, 1);

        assertThat(slots.acquire("small", NOT_AT_ALL)).as("the last one").isFalse();
        slots.release("a", 2);
        await().until(() -> granted.contains("large"));

        slots.release("large", 3);
        assertThat(slots.acquire("small", 3, NOT_AT_ALL)).isTrue();
    }

    @Test
    void letsNobodyWaitForWhoHasAllThatHeMayHave() throws Exception {
        var slots = new FairSlots(4, 1);
        slots.acquire("a", 3, NOT_AT_ALL);
        wait(slots, "a", 1);

        assertThat(slots.acquire("b", NOT_AT_ALL)).isTrue();
    }

    private void wait(FairSlots slots, String tenant, int waiting) {
        wait(slots, tenant, 1, waiting);
    }

    private void wait(FairSlots slots, String tenant, int count, int waiting) {
        Thread.startVirtualThread(() -> {
            try {
                if (slots.acquire(tenant, count, LONG)) {
                    granted.add(tenant);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> slots.waiting(tenant) == waiting);
    }
}
