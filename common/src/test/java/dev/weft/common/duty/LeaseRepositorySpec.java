package dev.weft.common.duty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every keeper of leases promises. */
interface LeaseRepositorySpec {

    Duration TERM = Duration.ofSeconds(15);

    LeaseRepository leases(Clock clock);

    /** A clock that the test sets. */
    final class Hands {
        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T12:00:00Z"));

        private final Clock clock = source(now::get).withZone(ZoneOffset.UTC);

        private static InstantSource source(InstantSource source) {
            return source;
        }

        Clock clock() {
            return clock;
        }

        void turn(Duration by) {
            now.updateAndGet(instant -> instant.plus(by));
        }

        Instant now() {
            return now.get();
        }
    }

    private static String aName() {
        return "work-" + new Ids().nextHex32();
    }

    @Test
    default void ofManyWhoRaceOneGetsIt() {
        var hands = new Hands();
        var name = aName();

        var winners = IntStream.range(0, 8)
                .parallel()
                .filter(holder -> leases(hands.clock()).take(name, "holder " + holder, TERM))
                .count();

        assertThat(winners).isEqualTo(1);
    }

    @Test
    default void twoHoldersOfOneProcessAreTwo() {
        var leases = leases(new Hands().clock());
        var name = aName();

        assertThat(leases.take(name, "a", TERM)).isTrue();
        assertThat(leases.take(name, "b", TERM)).isFalse();
        assertThat(leases.take(name, "a", TERM))
                .as("whoever has it renews it and takes it not twice")
                .isFalse();
    }

    @Test
    default void whatIsNotRenewedEndsByItself() {
        var hands = new Hands();
        var leases = leases(hands.clock());
        var name = aName();
        leases.take(name, "killed", TERM);

        hands.turn(TERM);
        assertThat(leases.take(name, "next", TERM)).isFalse();
        hands.turn(Duration.ofMillis(1));
        assertThat(leases.take(name, "next", TERM)).isTrue();
        assertThat(leases.renew(name, "killed", TERM)).isFalse();
        leases.release(name, "killed");
        leases.finish(name, "killed", Duration.ofDays(1));

        assertThat(leases.renew(name, "next", TERM)).isTrue();
        assertThat(leases.finished(name)).isEmpty();
    }

    @Test
    default void aRenewalMovesItsEnd() {
        var hands = new Hands();
        var leases = leases(hands.clock());
        var name = aName();
        leases.take(name, "a", TERM);

        hands.turn(TERM.minusSeconds(1));
        assertThat(leases.renew(name, "a", TERM)).isTrue();
        hands.turn(TERM.minusSeconds(1));

        assertThat(leases.take(name, "b", TERM)).isFalse();
    }

    @Test
    default void whoHoldsItNeedNotKnowWhetherHeHasIt() {
        var hands = new Hands();
        var leases = leases(hands.clock());
        var name = aName();

        assertThat(leases.hold(name, "a", TERM)).as("nobody has it").isTrue();
        hands.turn(TERM.minusSeconds(1));
        assertThat(leases.hold(name, "a", TERM)).as("it is his").isTrue();
        hands.turn(TERM.minusSeconds(1));
        assertThat(leases.hold(name, "b", TERM)).as("it was renewed").isFalse();
        hands.turn(Duration.ofSeconds(2));
        assertThat(leases.hold(name, "b", TERM)).as("it has ended").isTrue();
        assertThat(leases.hold(name, "a", TERM)).as("another has it").isFalse();
    }

    @Test
    default void countsThoseThatAreHeld() {
        var hands = new Hands();
        var leases = leases(hands.clock());
        var prefix = aName() + "@";
        assertThat(leases.held(prefix)).isZero();
        leases.hold(prefix + "a", "a", TERM);
        leases.hold(prefix + "b", "b", TERM.multipliedBy(2));
        leases.hold(prefix + "c", "c", TERM.multipliedBy(2));
        leases.hold(prefix.replace('@', 'A') + "d", "d", TERM);
        leases.finish(prefix + "c", "c", Duration.ZERO);
        var done = hands.now();

        assertThat(leases.held(prefix))
                .as("at the last moment of one that rests")
                .isEqualTo(3);
        hands.turn(TERM.plusMillis(1));
        assertThat(leases.held(prefix)).isEqualTo(1);
        leases.release(prefix + "b", "b");
        assertThat(leases.held(prefix)).isZero();
        assertThat(leases.finished(prefix + "c")).as("remembered all the same").contains(done);
    }

    @Test
    default void whatIsGivenBackMayBeTakenAtOnce() {
        var leases = leases(new Hands().clock());
        var name = aName();
        leases.take(name, "a", TERM);

        leases.release(name, "a");

        assertThat(leases.take(name, "b", TERM)).isTrue();
    }

    @Test
    default void whatIsHandedOnIsTheNextOnesAndNeverFree() {
        var hands = new Hands();
        var leases = leases(hands.clock());
        var name = aName();
        leases.take(name, "a", TERM);
        var done = hands.now();

        hands.turn(TERM.minusSeconds(1));
        assertThat(leases.handOn(name, "a", "b", TERM, done)).isTrue();

        assertThat(leases.finished(name)).contains(done);
        assertThat(leases.renew(name, "a", TERM)).isFalse();
        leases.release(name, "a");
        leases.finish(name, "a", Duration.ZERO);
        assertThat(leases.handOn(name, "a", "c", TERM, hands.now())).isFalse();
        assertThat(leases.finished(name)).contains(done);
        hands.turn(TERM);
        assertThat(leases.take(name, "d", TERM)).isFalse();
        assertThat(leases.renew(name, "b", TERM)).isTrue();
    }

    @Test
    default void onlyWhoHasItHandsItOn() {
        var hands = new Hands();
        var leases = leases(hands.clock());
        var name = aName();
        assertThat(leases.handOn(name, "a", "b", TERM, hands.now())).isFalse();
        leases.take(name, "a", TERM);

        hands.turn(TERM.plusMillis(1));
        leases.take(name, "next", TERM);
        assertThat(leases.handOn(name, "a", "b", TERM, hands.now())).isFalse();
        leases.release(name, "next");
        assertThat(leases.handOn(name, "next", "b", TERM, hands.now())).isFalse();

        assertThat(leases.finished(name)).isEmpty();
        assertThat(leases.take(name, "c", TERM)).isTrue();
    }

    @Test
    default void whatIsFinishedRestsAndIsRemembered() {
        var hands = new Hands();
        var leases = leases(hands.clock());
        var name = aName();
        assertThat(leases.finished(name)).isEmpty();
        leases.take(name, "a", TERM);
        var done = hands.now();

        leases.finish(name, "a", Duration.ofMinutes(5));

        assertThat(leases.finished(name)).contains(done);
        assertThat(leases.take(name, "a", TERM)).isFalse();
        hands.turn(Duration.ofMinutes(5).plusMillis(1));
        assertThat(leases.take(name, "b", TERM)).isTrue();
        assertThat(leases.finished(name)).contains(done);
        leases.release(name, "b");
        assertThat(leases.finished(name)).contains(done);
        assertThat(leases.take(name, "c", TERM)).isTrue();
    }
}
