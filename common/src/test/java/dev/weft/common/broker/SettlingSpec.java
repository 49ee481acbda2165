package dev.weft.common.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What whoever settles deliveries may rely on. */
interface SettlingSpec {

    /** One that has been given so many deliveries, with tags from 1. */
    Settling given(int deliveries) throws Exception;

    /** What has been given back, while the channel lives. */
    List<Long> requeued();

    /** The channel goes, after all that was settled before. */
    void loseChannel() throws Exception;

    /** What the broker gives to another after that: all that it has not heard to be acknowledged. */
    List<Long> left() throws Exception;

    @Test
    default void whatIsAcknowledgedIsDoneWith() throws Exception {
        var settling = given(3);

        settling.acknowledge(1);
        settling.acknowledge(2);
        settling.acknowledge(3);
        loseChannel();

        assertThat(left()).isEmpty();
    }

    @Test
    default void whatIsAcknowledgedOutOfOrderSettlesNothingElse() throws Exception {
        var settling = given(6);

        settling.acknowledge(5);
        settling.acknowledge(2);
        settling.acknowledge(1);
        settling.acknowledge(4);
        loseChannel();

        assertThat(left()).containsExactlyInAnyOrder(3L, 6L);
    }

    @Test
    default void whatIsGivenBackIsNotAcknowledgedWithThoseBehindIt() throws Exception {
        var settling = given(3);

        settling.requeue(2);
        settling.acknowledge(3);
        settling.acknowledge(1);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(requeued()).containsExactly(2L));
        loseChannel();
        assertThat(left()).containsExactly(2L);
    }

    @Test
    default void manyThreadsSettleEachOnce() throws Exception {
        var settling = given(200);

        var threads = LongStream.rangeClosed(1, 199)
                .mapToObj(tag -> Thread.ofVirtual().start(() -> settling.acknowledge(tag)))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        loseChannel();

        assertThat(left()).containsExactly(200L);
    }

    @Test
    default void nothingIsHeardWhenTheChannelIsGone() throws Exception {
        var settling = given(2);
        settling.acknowledge(1);
        assertThat(settling.isOpen()).isTrue();

        loseChannel();
        settling.acknowledge(2);

        assertThat(settling.isOpen()).isFalse();
        assertThat(left()).containsExactly(2L);
    }
}
