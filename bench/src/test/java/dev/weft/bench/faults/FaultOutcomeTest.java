package dev.weft.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.bench.faults.EffectSink.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultOutcomeTest {

    private static final Map<String, Integer> MADE = Map.of("1", 1, "2", 2, "3", 1);

    @Test
    void findsWhatWasPromisedAndNeverCame() {
        var outcome = outcome("1:a", "2:b");

        assertThat(outcome.lost()).isEqualTo(1);
        assertThat(outcome.arrived()).isEqualTo(2);
        assertThat(outcome.keepsThePromise()).isFalse();
    }

    @Test
    void takesARepeatUnderTheSameKeyForNoBreach() {
        var outcome = outcome("1:a", "1:a", "2:b", "3:c");

        assertThat(outcome.repeated()).isEqualTo(1);
        assertThat(outcome.keepsThePromise()).isTrue();
    }

    @Test
    void givesACallThatWasMadeTwiceTwoKeys() {
        assertThat(outcome("1:a", "2:b", "2:bb", "3:c").keepsThePromise()).isTrue();
    }

    @Test
    void findsAnEffectUnderOneKeyTooMany() {
        var outcome = outcome("1:a", "1:aa", "2:b", "3:c");

        assertThat(outcome.otherKey()).isEqualTo(1);
        assertThat(outcome.repeated()).isZero();
        assertThat(outcome.keepsThePromise()).isFalse();
    }

    /** @param effects {@code id:key} */
    private static FaultOutcome outcome(String... effects) {
        var arrived = Stream.of(effects)
                .map(effect -> effect.split(":", 2))
                .map(effect -> new Effect(effect[0], effect[1], 0, Instant.EPOCH))
                .toList();
        return FaultOutcome.of(List.of("1", "2", "3"), MADE, arrived, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
