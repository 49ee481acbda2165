package dev.weft.execution.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.NotedSettling;
import dev.weft.execution.consumer.QueueWorker;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.PublishFailure;
import dev.weft.execution.settling.ConfirmRound;
import dev.weft.execution.settling.NoQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many rounds of one queue, with a broker that answers when and what a test says. */
class PublishOrderTest {

    private record Sent(int number, String key, CompletableFuture<Void> answer) {}

    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger worked = new AtomicInteger();
    private final QueueWorker worker = new QueueWorker(1, (delivery, itself) -> {
        worked.incrementAndGet();
        itself.settled(delivery);
    });
    private byte[] body = new byte[0];
    /** What each publish is answered at once; null: when the test says. */
    private volatile CompletableFuture<Void> always;

    private volatile NotedSettling settling = new NotedSettling();

    private void publish(String key, int number) {
        publish(key, number, _ -> false);
    }

    /** What one delivery comes to. */
    private void publish(String key, int number, NoQueue noQueue) {
        var delivery = new Delivery("q", "q", Map.of(), new byte[0], number, 0, settling);
        var round = new ConfirmRound(
                frame -> {
                    var answer = always == null ? new CompletableFuture<Void>() : always;
                    sent.add(new Sent((int) frame.headers().get("n"), frame.key(), answer));
                    return answer;
                },
                delivery,
                worker,
                Clock.systemUTC());
        round.publish(FlowFrame.to(key, Map.of("n", number), body), noQueue);
        round.end();
    }

    private void publishAll(String key, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(number -> publish(key, number));
    }

    private void confirm(int index) {
        sent.get(index).answer().complete(null);
    }

    private void refuse(int index) {
        fail(index, new PublishFailure.QueueFull("to"));
    }

    private void fail(int index, PublishFailure failure) {
        sent.get(index).answer().completeExceptionally(failure);
    }

    private void awaitSent(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> sent.size() >= count);
    }

    /** The numbers of what was sent from then on, each confirmed as it comes, until there are so many. */
    private List<Integer> confirmedFrom(int index, int count) {
        for (var n = 0; n < count; n++) {
            awaitSent(index + n + 1);
            confirm(index + n);
        }
        return sent.subList(index, index + count).stream().map(Sent::number).toList();
    }

    @Test
    void sendsWhatWasRefusedAgainInTheOrderInWhichItWasPublished() {
        publishAll("to", 1, 6);
        // The last two were taken, since its worker has just made room.
        confirm(5);
        confirm(4);
        List.of(3, 0, 2, 1).forEach(this::refuse);

        assertThat(confirmedFrom(6, 4)).containsExactly(1, 2, 3, 4);
        assertThat(settling.acknowledged()).hasSize(6);
    }

    @Test
    void sendsAllAgainInOrderAfterTheirConnectionHasEnded() {
        var last = 0;
        boolean isAtOnce;
        List<Integer> again;
        do {
            var first = sent.size();
            publishAll("to", last + 1, last + 200);
            var inFlight = List.copyOf(sent.subList(first, first + 200));
            var begun = System.nanoTime();
            inFlight.reversed().forEach(one -> one.answer().completeExceptionally(new PublishFailure.BrokerGone()));
            // Where the answers took longer than the first pause, some were sent again before others had come back.
            isAtOnce = System.nanoTime() - begun < Duration.ofMillis(80).toNanos();
            again = confirmedFrom(first + 200, 200);
            last += 200;
        } while (!isAtOnce && last < 4000);

        assumeThat(isAtOnce).as("once the machine was quick enough").isTrue();
        assertThat(again)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(last - 199, last).boxed().toList());
        assertThat(settling.acknowledged()).hasSize(last);
    }

    @Test
    void sendsTheHeadAloneUntilItIsTaken() {
        publishAll("to", 1, 3);
        IntStream.range(0, 3).forEach(this::refuse);

        awaitSent(4);
        refuse(3);
        awaitSent(5);
        assertThat(sent.get(4).number()).isEqualTo(1);
        await().during(Duration.ofMillis(300)).until(() -> sent.size() == 5);
        confirm(4);

        assertThat(confirmedFrom(5, 2)).containsExactly(2, 3);
    }

    @Test
    void sendsNoMoreLargeOnesAtOnceThanAQueueThatTakesAgainHasRoomFor() {
        body = new byte[3 * 1024 * 1024];
        publishAll("to", 1, 6);
        IntStream.range(0, 6).forEach(this::refuse);

        awaitSent(7);
        confirm(6);
        awaitSent(9);
        await().during(Duration.ofMillis(300)).until(() -> sent.size() == 9);
        confirm(7);
        confirm(8);

        assertThat(confirmedFrom(9, 3)).containsExactly(4, 5, 6);
    }

    @Test
    void asksForTheExchangeBeforeItPublishesAgainWhatWasLost() {
        var asked = new AtomicInteger();
        var noQueue = new NoQueue() {
            @Override
            public boolean isSeenTo(int attempts) {
                return false;
            }

            @Override
            public void mayHaveNoExchange() {
                asked.incrementAndGet();
            }
        };
        publish("to", 1, noQueue);
        refuse(0);
        awaitSent(2);
        assertThat(asked).as("a full queue has an exchange").hasValue(0);

        fail(1, new PublishFailure.BrokerGone());

        assertThat(confirmedFrom(2, 1)).containsExactly(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatIsPublishedMeanwhileJoinsTheLineAndOtherTargetsHaveTheirOwn() {
        publish("to", 1);
        refuse(0);

        publish("to", 2);
        publish("elsewhere", 3);

        // The first may have been sent again already.
        assertThat(sent).extracting(Sent::number).contains(1, 3).doesNotContain(2);
        sent.stream()
                .filter(one -> one.number() == 3)
                .forEach(one -> one.answer().complete(null));
        awaitSent(3);
        sent.stream()
                .filter(one -> one.number() == 1)
                .forEach(one -> one.answer().complete(null));
        awaitSent(4);
        assertThat(sent.get(3).number()).isEqualTo(2);
        confirm(3);
        await().untilAsserted(() -> {
            publish("to", 4);
            assertThat(sent.getLast().number()).as("without a line").isEqualTo(4);
        });
    }

    @Test
    void theQueueRestsUntilTheLineHasEnded() {
        publishAll("to", 1, 2);
        refuse(0);
        refuse(1);
        worker.take(new Delivery("q", "q", Map.of(), new byte[0], 9, 0, settling));

        awaitSent(3);
        confirm(2);
        awaitSent(4);
        assertThat(worked).hasValue(0);
        confirm(3);

        await().untilAsserted(() -> assertThat(worked).hasValue(1));
    }

    @Test
    void whatHasNoQueueIsGivenUpByAllThatWaitBehindTheFirst() {
        always = CompletableFuture.failedFuture(new PublishFailure.Unroutable("to"));
        for (var number = 1; number <= 100; number++) {
            publish("to", number, attempts -> attempts >= 3);
        }

        // One after the other with pauses of its own would take half a minute.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(settling.acknowledged()).hasSize(100));
    }

    @Test
    void leavesOutWhatTheBrokerHasTakenBack() {
        publishAll("to", 1, 3);
        IntStream.range(0, 3).forEach(this::refuse);
        settling.lose();

        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(60)).until(() -> sent.size() == 3);
        settling = new NotedSettling();
        await().untilAsserted(() -> {
            publish("to", 4);
            assertThat(sent.getLast().number()).as("without a line").isEqualTo(4);
        });
        assertThat(settling.acknowledged()).isEmpty();
    }
}
