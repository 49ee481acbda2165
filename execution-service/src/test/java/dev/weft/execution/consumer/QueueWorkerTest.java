package dev.weft.execution.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.Settling;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.execution.queue.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QueueWorkerTest {

    private static final int MIB = 1024 * 1024;

    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger inWork = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final QueueWorker worker = new QueueWorker(10, (delivered, itself) -> {
        inWork.incrementAndGet();
        gate.acquireUninterruptibly();
        inWork.decrementAndGet();
        itself.settled(delivered);
        done.incrementAndGet();
    });

    @Test
    void worksOnAsManySmallMessagesAsThePrefetchAllows() {
        take(20, 1024);

        settlesAt(10);
        gate.release(20);
        await().until(() -> done.get() == 20);
    }

    @Test
    void worksOnFewLargeMessagesAtOnce() {
        take(6, 3 * MIB);

        settlesAt(2);
        gate.release(1);
        await().until(() -> done.get() == 1);
        settlesAt(2);
        gate.release(5);
        await().until(() -> done.get() == 6);
        assertThat(worker.held()).isZero();
    }

    @Test
    void worksOnAMessageThatIsLargerThanTheShareAndThenOnManySmallOnes() {
        take(1, 10 * MIB);
        take(20, 1024);

        settlesAt(1);
        gate.release(1);
        settlesAt(10);
        gate.release(20);
        await().until(() -> done.get() == 21);
    }

    @Test
    void countsWhatIsHereUntilItsChannelIsClosed() {
        take(20, 1024);
        settlesAt(10);

        worker.stop();
        take(5, 1024);

        assertThat(worker.load()).isEqualTo(new QueueLoad(1, 10, 15));
        assertThat(worker.held()).isEqualTo(25);
        gate.release(10);
        await().until(() -> done.get() == 10);
        assertThat(worker.load()).isEqualTo(new QueueLoad(1, 0, 15));
    }

    @Test
    void takesNoMoreOfLargeMessagesWhileThoseBeforeWaitToBeSettled() {
        var begun = new ConcurrentLinkedQueue<Delivery>();
        var waiting = new QueueWorker(1, (delivered, _) -> begun.add(delivered));
        for (var n = 0; n < 40; n++) {
            waiting.take(new Delivery("q", "q", Map.of(), new byte[MIB], n + 1, 0, new Deaf()));
        }

        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(60)).until(() -> begun.size() == 16);
        waiting.settled(begun.remove());
        await().until(() -> begun.size() == 16);
        assertThat(waiting.unacknowledged()).isEqualTo(16);
    }

    @Test
    void goesOnAfterAnErrorOfAnyKind() {
        var worked = new AtomicInteger();
        var failing = new QueueWorker(1, (delivered, itself) -> {
            if (worked.incrementAndGet() < 3) {
                throw new OutOfMemoryError("as if");
            }
            itself.settled(delivered);
        });
        for (var n = 0; n < 5; n++) {
            failing.take(new Delivery("q", "q", Map.of(), new byte[1], n + 1, 0, new Deaf()));
        }

        await().until(() -> worked.get() == 5);
        await().until(() -> failing.held() == 0);
    }

    @Test
    void tellsOfWhichExecutionsItHasMessagesUntilTheBrokerHasThemAgain() {
        var waiting = new QueueWorker(1, (_, _) -> gate.acquireUninterruptibly());
        var wanted = Set.of(execution(1), execution(2), execution(3));
        assertThat(waiting.holding(wanted)).isEmpty();

        var goesBack = new CountDownLatch(1);
        var first = of(1, new Deaf() {
            @Override
            public void requeue(long tag) {
                awaitLatch(goesBack);
            }
        });
        waiting.take(first);
        waiting.take(of(2));
        assertThat(waiting.holding(wanted)).containsExactlyInAnyOrder(execution(1), execution(2));

        await().until(() -> waiting.load().begun() == 1);
        waiting.giveBack(first);
        assertThat(waiting.holding(wanted)).as("on its way back").contains(execution(1));
        assertThat(waiting.load().waiting()).isEqualTo(2);
        goesBack.countDown();
        await().until(() -> !waiting.holding(wanted).contains(execution(1)));
        gate.release(2);
    }

    /** The broker has it again, or has lost it with its queue: it is not begun any more. */
    @Test
    void holdsNothingThatWaitsOnAChannelThatHasEnded() {
        var begun = new ConcurrentLinkedQueue<Long>();
        var channel = new Deaf();
        var busy = new QueueWorker(1, (delivery, itself) -> {
            begun.add(delivery.tag());
            gate.acquireUninterruptibly();
            itself.settled(delivery);
        });
        var wanted = Set.of(execution(1), execution(2));
        busy.take(of(1, channel));
        busy.take(of(2, channel));
        await().until(() -> busy.load().begun() == 1);

        channel.open = false;

        assertThat(busy.holding(wanted))
                .as("what it has begun with comes to its end")
                .containsExactly(execution(1));
        gate.release(2);
        await().until(() -> busy.held() == 0);
        assertThat(begun).containsExactly(1L);
    }

    @Test
    void tellsOfAllWhereItDoesNotKnow() {
        var wanted = Set.of(execution(1), execution(2));
        var nameless = new QueueWorker(1, (_, _) -> {});
        nameless.take(new Delivery("q", "q", Map.of(), new byte[1], 1, 0, new Deaf()));
        assertThat(nameless.holding(wanted)).isEqualTo(wanted);

        var ofAComponent = new QueueWorker(1, (_, _) -> {});
        ofAComponent.take(
                new Delivery("q", "key", Map.of(FlowHeaders.THREAD_ID, execution(3)), new byte[1], 1, 0, new Deaf()));
        assertThat(ofAComponent.holding(wanted)).isEqualTo(wanted);

        var stopped = new QueueWorker(1, (_, _) -> {});
        stopped.stop();
        stopped.take(of(3));
        assertThat(stopped.holding(wanted)).isEqualTo(wanted);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            var _ = latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String execution(int number) {
        return "%032x".formatted(number);
    }

    private static Delivery of(int number) {
        return of(number, new Deaf());
    }

    private static Delivery of(int number, Settling settling) {
        var headers = Map.<String, Object>of(FlowHeaders.THREAD_ID, execution(number));
        return new Delivery("q", "q", headers, new byte[1], number, 0, settling);
    }

    private void settlesAt(int count) {
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(60)).until(() -> inWork.get() == count);
    }

    private void take(int messages, int bytes) {
        for (var n = 0; n < messages; n++) {
            worker.take(new Delivery("q", "q", Map.of(), new byte[bytes], n + 1, 0, new Deaf()));
        }
    }

    private static class Deaf implements Settling {

        private volatile boolean open = true;

        @Override
        public void acknowledge(long tag) {}

        @Override
        public void requeue(long tag) {}

        @Override
        public boolean isOpen() {
            return open;
        }
    }
}
