package dev.weft.execution.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SnapshotsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final List<String> saved = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private final Snapshots snapshots = new Snapshots(
            new SnapshotStore() {
                @Override
                public String find(String flowId, String stepId) {
                    return saved.isEmpty() ? null : saved.getLast();
                }

                @Override
                public void save(String flowId, String stepId, String json) {
                    if (away) {
                        throw new StepUnavailable("away");
                    }
                    saved.add(json);
                }
            },
            JsonMapper.builder().build());

    @Test
    void showsTheNextMessageWhatIsNotStoredYet() {
        snapshots.remember("f", "s", Map.of("n", 1), false);
        snapshots.remember("f", "s", Map.of("m", 2), true);

        assertThat(snapshots.find("f", "s")).isEqualTo(Map.of("n", 1, "m", 2));
        assertThat(snapshots.find("f", "other")).isNull();
        assertThat(saved).isEmpty();
    }

    @Test
    void storesThemInTheOrderInWhichTheyWereRemembered() {
        var first = snapshots.remember("f", "s", 1, false);
        var second = snapshots.remember("f", "s", 2, false);

        var later = second.store(() -> true);
        assertThat(saved)
                .as("what the first was made along with is not safe yet")
                .isEmpty();
        first.store(() -> true);

        assertThat(later).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(true);
        assertThat(saved).containsExactly("1", "2");
        assertThat(snapshots.find("f", "s")).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsDoneAgain() {
        assertThat(snapshots.remember("f", "s", 1, false).store(() -> true)).succeedsWithin(60, TimeUnit.SECONDS);
        var again = snapshots.remember("f", "s", 2, false);

        again.drop();

        assertThat(snapshots.find("f", "s")).isEqualTo(1);
        assertThat(again.store(() -> true)).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(false);
        assertThat(saved).containsExactly("1");
    }

    @Test
    void storesNothingThatBelongsToADeliveryWhichTheBrokerHasTakenBack() {
        var lost = snapshots.remember("f", "s", 1, false);

        assertThat(lost.store(() -> false)).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(false);

        assertThat(saved).isEmpty();
        assertThat(snapshots.find("f", "s")).isNull();
    }

    @Test
    void waitsForAStoreThatIsAway() {
        away = true;
        var waiting = snapshots.remember("f", "s", 1, false).store(() -> true);
        assertThat(waiting).isNotDone();

        away = false;

        await().atMost(SOON).until(() -> saved.equals(List.of("1")));
        assertThat(waiting).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(true);
    }
}
