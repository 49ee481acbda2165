package dev.weft.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallAccountTest {

    private static final Map<String, Integer> MADE = Map.of("1", 1, "2", 2, "3", 1);

    @Test
    void findsWhatWasPromisedAndNeverCame() {
        var account = account("1:a", "2:b");

        assertThat(account.lost()).containsExactly("3");
        assertThat(account.arrived()).isEqualTo(2);
        assertThat(account.keepsThePromise()).isFalse();
    }

    @Test
    void takesARepeatUnderTheSameKeyForNoBreach() {
        var account = account("1:a", "1:a", "2:b", "3:c");

        assertThat(account.repeated()).isEqualTo(1);
        assertThat(account.keepsThePromise()).isTrue();
    }

    @Test
    void givesACallThatWasMadeTwiceTwoKeys() {
        assertThat(account("1:a", "2:b", "2:bb", "3:c").keepsThePromise()).isTrue();
    }

    @Test
    void findsAnEffectUnderOneKeyTooMany() {
        var account = account("1:a", "1:aa", "2:b", "3:c");

        assertThat(account.otherKey()).isEqualTo(1);
        assertThat(account.repeated()).isZero();
        assertThat(account.keepsThePromise()).isFalse();
    }

    /** @param effects {@code id:key} */
    private static CallAccount account(String... effects) {
        var arrived = Stream.of(effects)
                .map(effect -> effect.split(":", 2))
                .map(effect -> new SinkEffect(effect[0], effect[1], 0, Instant.EPOCH))
                .toList();
        return CallAccount.of(List.of("1", "2", "3"), MADE, arrived);
    }
}
