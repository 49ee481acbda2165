package dev.weft.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoorPauseTest {

    @Test
    void growsWithEachFailureAndBeginsAnewAfterOneThatHeld() {
        var pauses = new DoorPause();

        assertThat(Stream.generate(() -> pauses.after(Duration.ofSeconds(1)).toMillis())
                        .limit(7))
                .containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
        assertThat(pauses.after(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(200));
        assertThat(pauses.after(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(400));
    }
}
