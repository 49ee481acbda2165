package dev.weft.gateway.webhook.broker;

import static dev.weft.gateway.webhook.broker.DoorBroker.PublishOutcome.LATE;
import static dev.weft.gateway.webhook.broker.DoorBroker.PublishOutcome.REFUSED;
import static dev.weft.gateway.webhook.broker.DoorBroker.PublishOutcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.service.SetClock;
import dev.weft.gateway.webhook.broker.DoorBroker.PublishOutcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueueTroublesTest {

    private final SetClock clock = new SetClock(Instant.EPOCH);
    private final QueueTroubles troubles = new QueueTroubles(clock);

    private void pass(Duration time) {
        clock.advance(time);
    }

    @Test
    void triesASickQueueInGrowingPauses() {
        var tried = 0;
        troubles.note("q", REFUSED);
        for (var ms = 0; ms < 60_000; ms += 100) {
            if (troubles.mayTry("q")) {
                tried++;
                troubles.note("q", REFUSED);
            }
            pass(Duration.ofMillis(100));
        }

        // After 1, 2, 4, 8, 16 seconds.
        assertThat(tried).isEqualTo(5);
        assertThat(troubles.summary().orElseThrow()).contains("q", "refuses");
        assertThat(troubles.mayTry("other")).isTrue();
    }

    @Test
    void letsOneOfManyTry() {
        troubles.note("q", LATE);
        troubles.note("q", LATE);
        assertThat(troubles.mayTry("q")).isFalse();

        pass(Duration.ofSeconds(1));

        assertThat(troubles.mayTry("q")).isTrue();
        assertThat(troubles.mayTry("q")).isFalse();
        assertThat(troubles.summary().orElseThrow()).contains("confirms nothing");
    }

    @ParameterizedTest
    @EnumSource(
            value = PublishOutcome.class,
            names = {"ACCEPTED", "FULL", "UNROUTABLE"})
    void anyWordOfTheQueueEndsIt(PublishOutcome outcome) {
        troubles.note("q", LATE);

        assertThat(troubles.note("q", outcome)).isEqualTo(outcome);

        assertThat(troubles.mayTry("q")).isTrue();
        assertThat(troubles.summary()).isEmpty();
    }

    @Test
    void aLostConnectionIsNoTroubleOfTheQueue() {
        troubles.note("q", UNKNOWN);

        assertThat(troubles.summary()).isEmpty();
    }

    @Test
    void forgetsAQueueThatNobodyTries() {
        troubles.note("q", REFUSED);

        pass(Duration.ofMinutes(6));

        assertThat(troubles.summary()).isEmpty();
        assertThat(troubles.mayTry("q")).isTrue();
    }
}
