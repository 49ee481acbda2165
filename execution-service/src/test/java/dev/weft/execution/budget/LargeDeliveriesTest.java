package dev.weft.execution.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LargeDeliveriesTest {

    private static final Duration NOT_AT_ALL = Duration.ZERO;
    private static final int MIB = 1024 * 1024;

    private final LargeDeliveries large = new LargeDeliveries(64 * MIB);

    @Test
    void asksSmallOnesForNothing() {
        for (var n = 0; n < 10_000; n++) {
            assertThat(large.enter("a", new byte[100_000], NOT_AT_ALL)).isPresent();
        }
    }

    @Test
    void letsOneTenantHaveSoManyAndKeepsRoomForOthers() {
        for (var n = 0; n < 3; n++) {
            assertThat(large.enter("a", new byte[MIB], NOT_AT_ALL)).isPresent();
        }

        assertThat(large.enter("a", new byte[MIB], NOT_AT_ALL)).isEmpty();
        assertThat(large.enter("b", new byte[MIB], NOT_AT_ALL)).isPresent();
    }

    @Test
    void givesRoomToWhoComesAfterTheEndOfAnother() {
        var first = large.enter("a", new byte[10 * MIB], NOT_AT_ALL).orElseThrow();
        assertThat(large.enter("a", new byte[10 * MIB], NOT_AT_ALL)).isEmpty();

        first.close();

        assertThat(large.enter("a", new byte[10 * MIB], NOT_AT_ALL)).isPresent();
    }

    @Test
    void takesOneOfManyMembersForWhatItWillWeigh() {
        var members = "1,".repeat(MIB / 2).getBytes(StandardCharsets.US_ASCII);

        assertThat(large.enter("a", members, NOT_AT_ALL)).as("alone").isPresent();
        assertThat(large.enter("a", members, NOT_AT_ALL)).as("beside another").isEmpty();
    }

    @Test
    void keepsNobodyFromLittleWhileAnotherWaitsForMuch() throws Exception {
        var first = large.enter("a", new byte[10 * MIB], NOT_AT_ALL).orElseThrow();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> large.enter("b", new byte[10 * MIB], Duration.ofSeconds(60)));

            await().until(() -> large.waiting("b") == 1);

            assertThat(large.enter("c", new byte[MIB], NOT_AT_ALL)).isPresent();
            assertThat(waiting.isDone()).isFalse();

            first.close();
            assertThat(waiting.get()).isPresent();
        }
    }

    @Test
    void letsFewComeToMuchAtOnce() {
        assertThat(large.enterGrown("a")).isPresent();
        var second = large.enterGrown("a").orElseThrow();
        assertThat(large.enterGrown("b")).isPresent();
        second.close();
        assertThat(large.enterGrown("c")).isPresent();
    }
}
