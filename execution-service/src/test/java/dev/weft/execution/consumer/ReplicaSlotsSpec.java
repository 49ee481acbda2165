package dev.weft.execution.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What slots promise, whatever keeps them. */
interface ReplicaSlotsSpec {

    /** Another process's, at each call. */
    ReplicaSlots process();

    /** So much time goes by that what nobody has renewed has ended. */
    void passATerm();

    private static String aQueue() {
        return new Ids().next() + ".out";
    }

    private static String slot(String queue, int number) {
        return queue + "#" + number;
    }

    @Test
    default void aSlotIsOneProcessesAtATime() {
        var slot = slot(aQueue(), 0);
        var one = process();
        var other = process();

        assertThat(one.hold(slot)).isTrue();
        assertThat(other.hold(slot)).isFalse();
        assertThat(one.hold(slot)).as("it is kept").isTrue();
        assertThat(other.hold(slot)).isFalse();
    }

    @Test
    default void ofManyWhoRaceOneGetsIt() {
        var slot = slot(aQueue(), 0);
        var processes = Stream.generate(this::process).limit(8).toList();

        var winners =
                processes.parallelStream().filter(process -> process.hold(slot)).count();

        assertThat(winners).isEqualTo(1);
    }

    @Test
    default void slotsOfOneQueueAreHeldEachForItself() {
        var queue = aQueue();
        var one = process();
        var other = process();

        assertThat(IntStream.range(0, 4).filter(n -> one.hold(slot(queue, n))).count())
                .isEqualTo(4);
        one.release(slot(queue, 2));

        assertThat(IntStream.range(0, 4).filter(n -> other.hold(slot(queue, n))))
                .containsExactly(2);
        assertThat(one.hold(slot(queue, 2))).isFalse();
    }

    @Test
    default void onlyWhoHoldsItReleasesIt() {
        var slot = slot(aQueue(), 0);
        var one = process();
        var other = process();
        one.hold(slot);

        other.release(slot);

        assertThat(other.hold(slot)).isFalse();
    }

    @Test
    default void aSlotOfADeadProcessIsFreeAfterATerm() {
        var slot = slot(aQueue(), 0);
        var dead = process();
        var living = process();
        dead.hold(slot);

        passATerm();

        assertThat(living.hold(slot)).isTrue();
        assertThat(dead.hold(slot)).as("it was not dead, but it is too late").isFalse();
    }

    @Test
    default void processesThatWantSlotsOfAQueueAreCounted() {
        var queue = aQueue();
        var one = process();
        var other = process();

        assertThat(one.share(queue)).isEqualTo(1);
        assertThat(other.share(queue)).isEqualTo(2);
        assertThat(List.of(one.share(queue), one.share(queue)))
                .as("nobody counts twice")
                .containsExactly(2, 2);
        assertThat(one.share(queue + "2")).as("another queue").isEqualTo(1);
        other.leave(queue);
        assertThat(one.share(queue)).isEqualTo(1);
    }

    @Test
    default void aDeadProcessWantsNothingAfterATerm() {
        var queue = aQueue();
        var living = process();
        process().share(queue);
        assertThat(living.share(queue)).isEqualTo(2);

        passATerm();

        assertThat(living.share(queue)).isEqualTo(1);
    }
}
