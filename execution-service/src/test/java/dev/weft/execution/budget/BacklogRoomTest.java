package dev.weft.execution.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.broker.ContractBacklogs.Word;
import dev.weft.common.broker.SentBytes;
import dev.weft.common.id.Ids;
import dev.weft.common.service.SetClock;
import dev.weft.execution.metrics.EngineMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BacklogRoomTest {

    private final SetClock clock = new SetClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BacklogRoom room = room(1_000_000);

    @Test
    void refusesWhatGoesToQueuesInWhichSomethingWaitsWhileTheContractIsFull() {
        var words = room.decide(Map.of("c", look(1_000_000, "full"), "other", look(999_999, "elsewhere")));

        assertThat(room.takes("full")).isFalse();
        assertThat(room.takes("empty")).isTrue();
        assertThat(room.takes("elsewhere")).isTrue();
        assertThat(words.get("c").sent()).isEqualTo(1_000_000);
        assertThat(fullContracts()).isEqualTo(1);

        room.decide(Map.of("c", look(900_000, "full")));
        assertThat(room.takes("full")).isTrue();
        assertThat(fullContracts()).isZero();
    }

    @Test
    void refusesNothingAnyMoreWhenNobodyHasLookedForLong() {
        room.decide(Map.of("c", look(1_000_000, "full")));
        assertThat(room.takes("full")).isFalse();

        clock.advance(Duration.ofSeconds(6));

        assertThat(room.takes("full")).isTrue();
        assertThat(fullContracts()).isZero();
    }

    @Test
    void addsWhatOthersTellUntilThatIsOld() {
        room.hear("c", new Word("another", 600_000, 0, Map.of()));
        room.decide(Map.of("c", look(500_000, "queue")));
        assertThat(room.takes("queue")).isFalse();

        clock.advance(Duration.ofSeconds(6));
        room.decide(Map.of("c", look(500_000, "queue")));
        assertThat(room.takes("queue")).isTrue();
    }

    @Test
    void countsAQueueOnceHoweverManyPublishToIt() {
        var first = room(1_000_000);
        var second = room(1_000_000);
        for (var room : List.of(first, second)) {
            for (var n = 0; n < 600; n++) {
                room.sent("a", 100);
            }
        }
        // Of the 600 that wait each has sent a half, and takes its last 600 for them.
        var words = List.of(first.decide(Map.of("c", of600(first))), second.decide(Map.of("c", of600(second))));

        words.forEach(word -> room.hear("c", word.get("c")));
        var own = new ContractLook();
        own.filled("queue");
        own.held(1, 300_000 - SentBytes.OVERHEAD);
        room.decide(Map.of("c", own));
        assertThat(room.takes("queue")).as("674400 and 300000").isTrue();

        own.held(1, 30_000);
        room.decide(Map.of("c", own));
        assertThat(room.takes("queue")).as("and 31024 more").isFalse();
    }

    private static ContractLook of600(BacklogRoom room) {
        var look = new ContractLook();
        look.waiting("r1", 600, room.knownOfLast("a", 600), room.ofLast("a", 600), 100);
        return look;
    }

    @Test
    void tellsOnceThatItIsOver() {
        assertThat(room.decide(Map.of("c", look(200_000, "queue")))).containsOnlyKeys("c");
        assertThat(room.decide(Map.of()).values())
                .singleElement()
                .satisfies(word -> assertThat(word).isEqualTo(Word.nothing(word.teller())));
        assertThat(room.decide(Map.of())).isEmpty();
    }

    @Test
    void tellsOfFewMessagesThatMayBeLargeForAGateway() {
        var look = new ContractLook();
        look.waiting("r1", 1, 0, 0, 10);
        look.entry("r1", 1);

        assertThat(room.decide(Map.of("c", look)).get("c").entries()).containsExactly(Map.entry("r1", 1L));
        assertThat(room(1L << 40).decide(Map.of("c", look))).isEmpty();
    }

    @Test
    void estimatesByWhatItWasGivenWhereItHasNotSent() {
        var look = new ContractLook();
        look.held(2, 10_000);
        look.waiting("r1", 100, 0, 0, 20_000);

        var word = room.decide(Map.of("c", look)).get("c");

        assertThat(word.sent()).isEqualTo(10_000 + 2 * SentBytes.OVERHEAD);
        assertThat(word.taken()).isEqualTo(2_010_000 + 102 * SentBytes.OVERHEAD);
    }

    @Test
    void knowsWhatItHasSentToTheQueuesThatThereAre() {
        room.sent("a", 1000);
        room.sent("a", 2000);
        room.sent("b", 3000);
        assertThat(room.ofLast("a", 1)).isEqualTo(2000 + SentBytes.OVERHEAD);

        room.keepOnly(Set.of("b"));

        assertThat(room.ofLast("a", 1)).isZero();
        assertThat(room.ofLast("b", 1)).isEqualTo(3000 + SentBytes.OVERHEAD);
    }

    @Test
    void forgetsOfAQueueThatIsEmptyWhatWasSentBeforeItWasCounted() {
        room.sent("a", 1000);
        room.countBegins(Set.of("a"));
        room.sent("a", 5000);

        room.ofLast("a", 0);
        assertThat(room.ofLast("a", 2)).isEqualTo(5000 + SentBytes.OVERHEAD);

        room.countBegins(Set.of("a"));
        room.ofLast("a", 0);
        assertThat(room.ofLast("a", 2)).isZero();
    }

    @Test
    void knowsWhatIsStillToComeToAQueue() {
        room.comesLater("a", 1000, Duration.ofSeconds(15));
        room.comesLater("a", 2000, Duration.ofMinutes(10));

        assertThat(room.waitingFor("a")).isEqualTo(3000 + 2 * SentBytes.OVERHEAD);
        assertThat(room.waitingFor("b")).isZero();

        clock.advance(Duration.ofSeconds(17));
        assertThat(room.waitingFor("a")).isEqualTo(2000 + SentBytes.OVERHEAD);
    }

    @Test
    void knowsNoLimitWhenThereIsNone() {
        var open = room(0);

        assertThat(open.decide(Map.of("c", look(Long.MAX_VALUE / 2, "queue")))).isEmpty();
        assertThat(open.takes("queue")).isTrue();
    }

    private BacklogRoom room(long most) {
        return new BacklogRoom(
                new BacklogProperties(DataSize.ofBytes(most)), new Ids(), clock, new EngineMetrics(meters));
    }

    private double fullContracts() {
        return meters.get("weft.contracts.full").gauge().value();
    }

    private static ContractLook look(long sent, String queue) {
        var look = new ContractLook();
        look.waiting("r1", 1, 1, sent, 0);
        look.filled(queue);
        return look;
    }
}
