package dev.weft.execution.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.NotedSettling;
import dev.weft.common.duty.InMemoryLeaseRepository;
import dev.weft.common.id.Ids;
import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.QueueConsumers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Handing a queue to another process while its work takes longer than is waited for. */
class StepConsumersTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** For which the places of what has ended may be empty. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Semaphore gate = new Semaphore(0);
    private final AtomicBoolean isSlow = new AtomicBoolean(true);
    private final AtomicInteger begun = new AtomicInteger();
    private final OneQueue broker = new OneQueue();

    private StepConsumers consumers(int prefetch) {
        var minute = Duration.ofMinutes(1);
        var slots = new LeasedSlots(new InMemoryLeaseRepository(Clock.systemUTC()), new Ids(), minute);
        var queue = new PlannedQueue("q", List.of("step"), prefetch, 1, false, minute, minute);
        var consumers = new StepConsumers(queue, broker, slots, PATIENCE, (delivery, worker) -> {
            begun.incrementAndGet();
            if (isSlow.get()) {
                gate.acquireUninterruptibly();
            }
            worker.settled(delivery);
        });
        consumers.place();
        return consumers;
    }

    private void deliver(int messages) {
        for (var n = 0; n < messages; n++) {
            broker.taker.accept(new Delivery("q", "q", Map.of(), new byte[1], n + 1, 0, new NotedSettling()));
        }
    }

    @Test
    void aQueueWithOneMessageInWorkGoesWhenThatHasEndedHoweverLongItTakes() {
        var consumers = consumers(1);
        deliver(2);
        await().atMost(SOON).until(() -> begun.get() == 1);

        var handing = Thread.startVirtualThread(consumers::handOver);
        await().during(PATIENCE.multipliedBy(5)).atMost(SOON).until(handing::isAlive);
        assertThat(consumers.activity().leaves()).isTrue();
        gate.release();

        await().atMost(SOON).until(() -> broker.closed.get() == 1 && broker.opened.get() == 2);
        await().atMost(SOON).until(() -> !handing.isAlive());
        assertThat(begun).as("the next is begun where the queue goes").hasValue(1);
    }

    @Test
    void aQueueWithSeveralInWorkGoesWhenAllHaveEndedWhereAllTakeLong() {
        var consumers = consumers(2);
        deliver(4);
        await().atMost(SOON).until(() -> begun.get() == 2);

        var handing = Thread.startVirtualThread(consumers::handOver);
        await().during(PATIENCE.multipliedBy(5)).atMost(SOON).until(handing::isAlive);
        gate.release(1);
        await().during(PATIENCE.multipliedBy(3)).atMost(SOON).until(handing::isAlive);
        gate.release(1);

        await().atMost(SOON).until(() -> broker.closed.get() == 1 && broker.opened.get() == 2);
        await().atMost(SOON).until(() -> !handing.isAlive());
        assertThat(begun).as("the next is begun where the queue goes").hasValue(2);
    }

    @Test
    void aQueueOfShortMessagesStaysWhenOneTakesLongAndItsPlacesAreNotEmptyForLonger() {
        var consumers = consumers(2);
        isSlow.set(false);
        deliver(20);
        await().atMost(SOON).until(() -> begun.get() == 20 && consumers.load().begun() == 0);
        isSlow.set(true);
        deliver(2);
        await().atMost(SOON).until(() -> begun.get() == 22);
        isSlow.set(false);
        deliver(4);

        var handing = Thread.startVirtualThread(consumers::handOver);
        await().atMost(SOON).until(() -> consumers.activity().leaves());
        gate.release(1);

        await().atMost(SOON).until(() -> !handing.isAlive());
        await().atMost(SOON).until(() -> begun.get() == 26);
        assertThat(broker.closed).hasValue(0);
        assertThat(consumers.activity().mayLeave()).isFalse();
        assertThat(consumers.activity().leaves()).isFalse();
        gate.release(1);
    }

    /** As the broker is for one queue. */
    private static final class OneQueue extends QueueConsumers {

        private volatile Consumer<Delivery> taker = _ -> {};
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        OneQueue() {
            super(new BrokerConnections("amqp://127.0.0.1:1"));
        }

        @Override
        public Subscription subscribe(String queue, int prefetch, Consumer<Delivery> newTaker) {
            taker = newTaker;
            opened.incrementAndGet();
            return new Subscription() {
                @Override
                public void cancel() {
                    // Nothing is delivered by itself.
                }

                @Override
                public void settle() {
                    // Nobody waits for it.
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }
}
