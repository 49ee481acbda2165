package dev.weft.execution.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.flowmessage.MessageCipher;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LargeDeliveriesTest {

    private static final Duration NOT_AT_ALL = Duration.ZERO;
    private static final int MIB = 1024 * 1024;

    private final LargeDeliveries large = new LargeDeliveries(64 * MIB);

    @Test
    void asksSmallOnesForNothing() {
        for (var n = 0; n < 10_000; n++) {
            assertThat(enter("a", new byte[100_000])).isPresent();
        }
    }

    @Test
    void letsOneTenantHaveSoManyAndKeepsRoomForOthers() {
        for (var n = 0; n < 3; n++) {
            assertThat(enter("a", new byte[MIB])).isPresent();
        }

        assertThat(enter("a", new byte[MIB])).isEmpty();
        assertThat(enter("b", new byte[MIB])).isPresent();
    }

    @Test
    void givesRoomToWhoComesAfterTheEndOfAnother() {
        var first = enter("a", new byte[10 * MIB]).orElseThrow();
        assertThat(enter("a", new byte[10 * MIB])).isEmpty();

        first.close();

        assertThat(enter("a", new byte[10 * MIB])).isPresent();
    }

    @Test
    void takesOneOfManyMembersForWhatItWillWeigh() {
        var members = "1,".repeat(MIB / 2).getBytes(StandardCharsets.US_ASCII);

        assertThat(enter("a", members)).as("alone").isPresent();
        assertThat(enter("a", members)).as("beside another").isEmpty();
    }

    @Test
    void looksAtWhatIsEncryptedAndNotAtHowItCame() {
        var cipher = new MessageCipher("password", "iv-of-16-letters");
        var members = "1,".repeat(MIB / 2).getBytes(StandardCharsets.US_ASCII);
        for (var protocol : new int[] {1, 2}) {
            var came = protocol == 1 ? cipher.encryptText(members) : cipher.encrypt(members);

            var alone = large.enter("a", came, () -> cipher.reading(came, protocol), NOT_AT_ALL)
                    .orElseThrow();
            assertThat(large.enter("a", came, () -> cipher.reading(came, protocol), NOT_AT_ALL))
                    .isEmpty();
            alone.close();
        }
        var foreign = new byte[MIB];
        assertThat(large.enter("a", foreign, () -> cipher.reading(foreign, 2), NOT_AT_ALL))
                .as("what can not be read weighs what it is")
                .isPresent();
    }

    private Optional<LargeDeliveries.Place> enter(String tenant, byte[] body) {
        return enter(tenant, body, NOT_AT_ALL);
    }

    private Optional<LargeDeliveries.Place> enter(String tenant, byte[] body, Duration patience) {
        return large.enter(tenant, body, () -> new ByteArrayInputStream(body), patience);
    }

    @Test
    void keepsNobodyFromLittleWhileAnotherWaitsForMuch() throws Exception {
        var first = enter("a", new byte[10 * MIB]).orElseThrow();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> enter("b", new byte[10 * MIB], Duration.ofSeconds(60)));

            await().until(() -> large.waiting("b") == 1);

            assertThat(enter("c", new byte[MIB])).isPresent();
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
