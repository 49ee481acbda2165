package dev.weft.execution.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import dev.weft.common.service.SetClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessesTest {

    private static final long START = 1_000_000;

    private final SetClock clock = new SetClock(Instant.ofEpochMilli(START));
    private final MemoryProcessMarks marks = new MemoryProcessMarks();
    private final Processes first = new Processes(marks, clock, new Ids());
    private final Processes other = new Processes(marks, clock, new Ids());

    @Test
    void knowsNothingBeforeItHasLooked() {
        assertThat(first.isInDoubt()).isTrue();

        first.look();

        assertThat(first.isInDoubt()).isFalse();
        assertThat(first.deathsSince(0)).isZero();
    }

    @Test
    void takesForDeadWhoSaysNothingAnyMore() {
        other.look();
        clock.advance(Duration.ofMillis(6_000));
        first.look();
        assertThat(first.isInDoubt()).as("it may only be slow").isTrue();
        assertThat(first.deathsSince(START)).isZero();

        clock.advance(Duration.ofMillis(5_000));
        first.look();

        assertThat(first.isInDoubt()).isFalse();
        assertThat(first.deathsSince(START)).isEqualTo(1);
        assertThat(first.deathsSince(START + 6_000))
                .as("messages that began after it")
                .isZero();
    }

    @Test
    void doesNotTakeForDeadWhoHasEndedInOrder() {
        other.look();
        first.look();

        other.stop();
        clock.advance(Duration.ofMillis(60_000));
        first.look();

        assertThat(first.deathsSince(START)).isZero();
    }

    @Test
    void takesNobodyForDeadWhoComesBackAfterAPause() {
        other.look();
        clock.advance(Duration.ofMillis(30_000));
        first.look();
        assertThat(first.deathsSince(START)).isEqualTo(1);

        other.look();
        first.look();

        assertThat(first.deathsSince(START)).isZero();
        assertThat(first.isInDoubt()).isFalse();
    }

    @Test
    void knowsWhatTheLivingHaveToDo() {
        other.tells(() -> 3, () -> 2);
        other.look();
        first.look();
        assertThat(first.othersActive()).containsExactly(2);

        clock.advance(Duration.ofMillis(6_000));
        first.look();
        assertThat(first.othersActive()).isEmpty();
    }

    @Test
    void givesNothingToWhoHasNoRunsYet() {
        other.look();
        first.look();

        assertThat(first.othersActive()).isEmpty();
    }
}
