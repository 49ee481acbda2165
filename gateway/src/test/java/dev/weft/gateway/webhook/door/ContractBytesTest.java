package dev.weft.gateway.webhook.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.broker.SentBytes;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.service.SetClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContractBytesTest {

    private static final long MOST = 100_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SetClock clock = new SetClock();
    private final ContractBytes bytes = new ContractBytes(clock, MOST, meters);

    @Test
    void isFullWhenAllProcessesTogetherTellOfAsMuchAsMayBe() {
        bytes.heard(word("p1", "c", 60_000, Map.of()));
        assertThat(bytes.isFull(door("r1", "c"))).isFalse();

        bytes.heard(word("p2", "c", 40_000, Map.of()));

        assertThat(bytes.isFull(door("r1", "c"))).isTrue();
        assertThat(bytes.isFull(door("r1", "other"))).isFalse();
        assertThat(bytes.isFull(door("r1", null))).isFalse();
        assertThat(meters.get("weft.door.contracts.full").gauge().value()).isEqualTo(1);

        bytes.heard(word("p2", "c", 0, Map.of()));
        assertThat(bytes.isFull(door("r1", "c"))).isFalse();
        assertThat(meters.get("weft.door.contracts.full").gauge().value()).isZero();
    }

    @Test
    void knowsWhatItHasLetInThatWaitsStill() {
        accept("r1", 50_000);
        accept("r2", 60_000);
        accept("r1", 10);

        bytes.heard(word("p1", "c", 0, Map.of("r1", 1L)));
        assertThat(bytes.isFull(door("r1", "c"))).isFalse();

        bytes.heard(word("p1", "c", 0, Map.of("r1", 2L, "r2", 1L)));
        assertThat(bytes.isFull(door("r1", "c"))).isTrue();
    }

    @Test
    void isNotDeceivedByCallsThatDoNotArrive() {
        accept("r1", MOST);
        for (var n = 0; n < 1000; n++) {
            bytes.accepted(door("r1", "c"), 1);
        }

        bytes.heard(word("p1", "c", 0, Map.of("r1", 1L)));

        assertThat(bytes.isFull(door("r1", "c"))).isTrue();
    }

    @Test
    void addsWhatItHasLetInSinceTheWord() {
        bytes.heard(word("p1", "c", MOST - 10_000, Map.of("r1", 1L)));
        accept("r1", 9_000 - SentBytes.OVERHEAD);
        assertThat(bytes.isFull(door("r1", "c"))).isFalse();

        accept("r2", 1_000);
        assertThat(bytes.isFull(door("r1", "c"))).isTrue();

        bytes.heard(word("p1", "c", MOST - 10_000, Map.of()));
        assertThat(bytes.isFull(door("r1", "c"))).isFalse();
    }

    @Test
    void doesNotTrustWhatIsOld() {
        bytes.heard(word("p1", "c", MOST, Map.of()));
        assertThat(bytes.isFull(door("r1", "c"))).isTrue();

        clock.advance(Duration.ofSeconds(6));

        assertThat(bytes.isFull(door("r1", "c"))).isFalse();
        assertThat(meters.get("weft.door.contracts.full").gauge().value()).isZero();
    }

    @Test
    void knowsNoLimitWhenThereIsNone() {
        var open = new ContractBytes(clock, 0, new SimpleMeterRegistry());
        open.heard(word("p1", "c", Long.MAX_VALUE, Map.of()));
        open.accepted(door("r1", "c"), 1000);

        assertThat(open.isFull(door("r1", "c"))).isFalse();
    }

    private void accept(String run, long size) {
        bytes.accepted(door(run, "c"), size);
        bytes.arrived(door(run, "c"), size);
    }

    private static DomainEvent word(String teller, String contract, long sent, Map<String, Long> entries) {
        Map<String, Object> payload = Map.of("teller", teller, "sent", sent, "taken", 0, "entries", entries);
        return new DomainEvent("e", "contract.backlog", 0, Instant.EPOCH, "t", contract, null, contract, null, payload);
    }

    private static HookDoor door(String run, @Nullable String contract) {
        return new HookDoor(
                "f", "w", contract, "u", run, "q", "s", false, null, false, null, null, null, null, null, null);
    }
}
