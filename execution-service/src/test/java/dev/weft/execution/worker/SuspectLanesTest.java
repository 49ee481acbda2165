package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuspectLanesTest {

    private final SuspectLanes lanes = new SuspectLanes();

    private Optional<SuspectLanes.Place> enter(String tenant, boolean alone) {
        return lanes.enter(tenant, alone, Duration.ZERO);
    }

    @Test
    void letsOneOfEachTenantIn() {
        var first = enter("a", false).orElseThrow();

        assertThat(enter("a", false)).isEmpty();
        assertThat(enter("b", false)).isPresent();
        first.close();
        assertThat(enter("a", false)).isPresent();
    }

    @Test
    void letsFewInAtOnce() {
        for (var n = 0; n < 8; n++) {
            assertThat(enter("tenant " + n, false)).isPresent();
        }

        assertThat(enter("one more", false)).isEmpty();
    }

    @Test
    void keepsOneThatAProcessDiedOfApart() {
        var other = enter("a", false).orElseThrow();
        assertThat(enter("b", true)).isEmpty();
        assertThat(enter("c", false)).as("it must get its turn").isEmpty();

        other.close();

        var alone = enter("b", true).orElseThrow();
        assertThat(enter("a", false)).isEmpty();
        assertThat(enter("a", true)).isEmpty();
        alone.close();
        assertThat(enter("a", true)).isPresent();
    }

    @Test
    void isLeftOnce() {
        var first = enter("a", false).orElseThrow();
        first.close();
        var second = enter("a", false).orElseThrow();

        first.close();

        assertThat(enter("a", false)).isEmpty();
        second.close();
    }
}
