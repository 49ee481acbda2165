package dev.weft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreKillTest {
    @TempDir
    private Path directory;

    @Test
    void losesNothingAcknowledgedAndLeavesNothingByHalf() throws Exception {
        var rounds = new StoreKillRounds(directory.resolve("kill.store"));

        for (var life : new int[] {700, 1_500, 2_300}) {
            var outcome = rounds.round(Duration.ofMillis(life));
            assertThat(outcome.lost()).isEmpty();
            assertThat(outcome.half()).isEmpty();
            assertThat(outcome.checked()).isGreaterThan(100);
        }
    }
}
