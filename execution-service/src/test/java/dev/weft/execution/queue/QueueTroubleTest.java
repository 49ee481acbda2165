package dev.weft.execution.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueTroubleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void doesNotLastWhenItWasMetOnce() {
        var now = System.nanoTime();
        var thirtySecondsAgo = now - Duration.ofSeconds(30).toNanos();

        var trouble = QueueTrouble.begun("queue", thirtySecondsAgo, "no queue");

        assertThat(trouble.lasts(PATIENCE)).isFalse();
        assertThat(trouble.goesOn(now).lasts(PATIENCE)).isTrue();
    }

    @Test
    void lastsWhenItIsMetAgainAndAgain() {
        var now = System.nanoTime();
        var thirtySecondsAgo = now - Duration.ofSeconds(30).toNanos();

        var trouble = QueueTrouble.begun("queue", thirtySecondsAgo, "no queue").again(now, "no leader");

        assertThat(trouble.lasts(PATIENCE)).isTrue();
        assertThat(trouble.reason()).isEqualTo("no leader");
    }
}
