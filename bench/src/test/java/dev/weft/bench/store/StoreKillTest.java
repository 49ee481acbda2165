package dev.weft.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.store.EmbeddedStoreApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some rounds of {@link StoreKillRounds} in every build. */
class StoreKillTest {
    @TempDir
    private Path directory;

    @Test
    void losesNothingAcknowledgedAndLeavesNothingByHalf() throws Exception {
        var rounds = new StoreKillRounds(
                List.of("-cp", System.getProperty("java.class.path"), EmbeddedStoreApplication.class.getName()),
                directory.resolve("kill.store"));

        var checked = 0;
        for (var life : new int[] {700, 1_500, 2_300}) {
            var outcome = rounds.round(Duration.ofMillis(life));
            assertThat(outcome.lost()).isEmpty();
            assertThat(outcome.half()).isEmpty();
            checked = outcome.checked();
        }
        assertThat(checked).isGreaterThan(100);
    }
}
