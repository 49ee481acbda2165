package dev.weft.gateway.webhook.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BacklogsTest {

    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private final Backlogs backlogs =
            new Backlogs(clock(), 100, 250, new ContractBytes(clock(), 0, new SimpleMeterRegistry()));

    @Test
    void addsTheRunsOfAFlow() {
        backlogs.heard(fact("r1", "f", "c", 60));
        backlogs.heard(fact("r2", "f", "c", 40));

        assertThatThrownBy(() -> backlogs.require(door("r2", "f", "c"))).isInstanceOf(ProblemException.class);
        assertThatCode(() -> backlogs.require(door("r3", "g", "c"))).doesNotThrowAnyException();
    }

    @Test
    void addsTheFlowsOfAContract() {
        backlogs.heard(fact("r1", "f", "c", 90));
        backlogs.heard(fact("r2", "g", "c", 90));
        backlogs.heard(fact("r3", "h", "c", 90));

        assertThatThrownBy(() -> backlogs.require(door("r4", "i", "c"))).isInstanceOf(ProblemException.class);
        assertThatCode(() -> backlogs.require(door("r5", "j", "other"))).doesNotThrowAnyException();
    }

    @Test
    void aClockThatIsSetBackKeepsNoOldSum() {
        backlogs.heard(fact("r1", "f", "c", 10));
        backlogs.require(door("r1", "f", "c"));
        now = now.minusSeconds(3600);
        backlogs.heard(fact("r2", "g", "c", 1_000));

        assertThatThrownBy(() -> backlogs.require(door("r2", "g", "c"))).isInstanceOf(ProblemException.class);
    }

    @Test
    void addsWhatWasLetInSinceTheFact() {
        backlogs.heard(fact("r1", "f", "c", 95));
        var door = door("r1", "f", "c");
        for (var n = 0; n < 5; n++) {
            backlogs.require(door);
            backlogs.accepted(door, 10);
            now = now.plusMillis(150);
        }

        assertThatThrownBy(() -> backlogs.require(door)).isInstanceOf(ProblemException.class);

        backlogs.heard(fact("r1", "f", "c", 95));
        now = now.plusMillis(150);
        assertThatCode(() -> backlogs.require(door)).doesNotThrowAnyException();
    }

    @Test
    void addsNothingToARunThatIsNotBehindAnyMore() {
        var door = door("r1", "f", "c");
        backlogs.heard(fact("r1", "f", "c", 95));
        backlogs.heard(fact("r1", "f", "c", 0));
        assertThat(backlogs.isKnown("r1")).isFalse();

        for (var n = 0; n < 1000; n++) {
            backlogs.require(door);
            backlogs.accepted(door, 10);
        }

        assertThatCode(() -> backlogs.require(door)).doesNotThrowAnyException();
    }

    @Test
    void doesNotTrustWhatIsOld() {
        backlogs.heard(fact("r1", "f", "c", 200));
        assertThatThrownBy(() -> backlogs.require(door("r1", "f", "c"))).isInstanceOf(ProblemException.class);

        now = now.plus(Duration.ofSeconds(6));

        assertThatCode(() -> backlogs.require(door("r1", "f", "c"))).doesNotThrowAnyException();
        assertThat(backlogs.isKnown("r1")).isFalse();
    }

    @Test
    void knowsNoLimitWhenThereIsNone() {
        var open = new Backlogs(clock(), 0, 0, new ContractBytes(clock(), 0, new SimpleMeterRegistry()));
        open.heard(fact("r1", "f", "c", 1_000_000));

        assertThatCode(() -> open.require(door("r1", "f", "c"))).doesNotThrowAnyException();
    }

    @Test
    void remembersABoundedNumberOfRuns() {
        for (var n = 0; n < 10_001; n++) {
            backlogs.heard(fact("r" + n, "f" + n, "c" + n, 200));
        }
        assertThat(backlogs.isKnown("r9999")).isTrue();
        assertThat(backlogs.isKnown("r10000")).isFalse();

        now = now.plus(Duration.ofSeconds(6));
        backlogs.heard(fact("r10000", "f", "c", 200));

        assertThat(backlogs.isKnown("r10000")).isTrue();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private static DomainEvent fact(String run, String flow, String contract, long count) {
        Map<String, Object> payload = Map.of("run", run, "count", count);
        return new DomainEvent("e", "flow.backlog", 0, Instant.EPOCH, "t", contract, "w", flow, null, payload);
    }

    private static HookDoor door(String run, String flow, String contract) {
        return new HookDoor(
                flow, "w", contract, "u", run, "q", "s", false, null, false, null, null, null, null, null, null);
    }
}
