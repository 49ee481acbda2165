package dev.weft.common.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.broker.ContractBacklogs.Known;
import dev.weft.common.broker.ContractBacklogs.Word;
import dev.weft.common.service.SetClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractBacklogsTest {

    private final SetClock clock = new SetClock();
    private final ContractBacklogs backlogs = new ContractBacklogs(clock);

    @Test
    void addsTheWordsOfAllProcesses() {
        backlogs.hear("c", new Word("p1", 100, 0, Map.of()));
        backlogs.hear("c", new Word("p2", 50, 0, Map.of()));
        backlogs.hear("other", new Word("p1", 7, 0, Map.of()));

        assertThat(bytes("c")).isEqualTo(150);

        backlogs.hear("c", new Word("p1", 20, 0, Map.of()));
        assertThat(bytes("c")).isEqualTo(70);
        assertThat(bytes("other")).isEqualTo(7);
    }

    @Test
    void believesWhoTakesWhereWhoHasSentKnowsLess() {
        backlogs.hear("c", new Word("p1", 100, 20, Map.of()));
        backlogs.hear("c", new Word("p2", 0, 300, Map.of()));

        assertThat(bytes("c")).isEqualTo(320);
    }

    @Test
    void countsWhatSeveralSayOfTheSameMessagesOnce() {
        // 100 wait. The first takes 100 of its own for them, the second 50.
        backlogs.hear("c", new Word("p1", 1000, 0, Map.of(), Map.of("r", new Known(100, 100, 1000, 0, 0))));
        assertThat(bytes("c")).isEqualTo(1000);
        backlogs.hear("c", new Word("p2", 500, 0, Map.of(), Map.of("r", new Known(100, 50, 500, 0, 0))));
        assertThat(bytes("c")).isEqualTo(1000);

        backlogs.hear("c", new Word("p3", 70, 0, Map.of(), Map.of("other", new Known(7, 7, 70, 0, 0))));
        assertThat(bytes("c")).as("of another run").isEqualTo(1070);
    }

    @Test
    void aWordIsReadAsItIsWritten() {
        var word = new Word("p1", 1000, 20, Map.of("r", 3L), Map.of("r", new Known(5, 4, 3, 2, 1)));

        assertThat(Word.read(word.payload())).isEqualTo(word);
        assertThat(Word.read(Map.of("teller", "p", "sent", 1, "taken", 2, "entries", Map.of()))
                        .runs())
                .as("of an older release")
                .isEmpty();
    }

    @Test
    void addsWhatItHasLetInItself() {
        backlogs.hear("c", new Word("p1", 100, 20, Map.of("r1", 3L, "r2", 5L)));
        backlogs.hear("c", new Word("p2", 0, 20, Map.of("r1", 4L)));

        assertThat(backlogs.bytes("c", (run, count) -> run.equals("r1") ? count * 1000 : 0))
                .isEqualTo(4100);
    }

    @Test
    void doesNotTrustWhatIsOld() {
        backlogs.hear("c", new Word("dead", 100, 0, Map.of("r1", 3L)));
        clock.advance(Duration.ofSeconds(4));
        backlogs.hear("c", new Word("living", 10, 0, Map.of()));
        assertThat(bytes("c")).isEqualTo(110);

        clock.advance(Duration.ofSeconds(2));
        assertThat(backlogs.bytes("c", (_, count) -> count * 1000)).isEqualTo(10);

        clock.advance(Duration.ofSeconds(6));
        assertThat(bytes("c")).isZero();
    }

    @Test
    void forgetsWhoHasNothingMore() {
        backlogs.hear("c", new Word("p1", 100, 0, Map.of("r1", 3L)));
        backlogs.hear("c", Word.nothing("p1"));

        assertThat(backlogs.bytes("c", (_, count) -> count * 1000)).isZero();
    }

    @Test
    void readsWhatItWrites() {
        var word = new Word("p1", 100, 5_000_000_000L, Map.of("r1", 3L));

        assertThat(Word.read(word.payload())).isEqualTo(word);
        assertThatThrownBy(() -> Word.read(Map.of("sent", 3))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void remembersABoundedNumberOfContracts() {
        for (var n = 0; n < 10_001; n++) {
            backlogs.hear("c" + n, new Word("p1", 1, 0, Map.of()));
        }
        assertThat(bytes("c9999")).isEqualTo(1);
        assertThat(bytes("c10000")).isZero();

        clock.advance(Duration.ofSeconds(6));
        backlogs.hear("c10000", new Word("p1", 1, 0, Map.of()));
        assertThat(bytes("c10000")).isEqualTo(1);
    }

    private long bytes(String contract) {
        return backlogs.bytes(contract, (_, _) -> 0);
    }
}
