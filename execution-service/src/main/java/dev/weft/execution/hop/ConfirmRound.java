package dev.weft.execution.hop;

import dev.weft.common.messaging.MessagingNames;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.PublishFailure;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that must be safe before a delivery is acknowledged: what was published because of it, and its record. Nobody
 * waits: the last to become safe acknowledges. A publish that the broker refuses is repeated while the delivery stays
 * unacknowledged, and its queue rests meanwhile ({@link QueueWorker#hold}), which passes the pressure on and keeps the
 * order.
 */
final class ConfirmRound {

    private static final Logger log = LoggerFactory.getLogger(ConfirmRound.class);
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5000;

    private final FlowPublisher publisher;
    private final Delivery delivery;
    private final QueueWorker worker;
    /** Begins at one, for the hop itself. */
    private final AtomicInteger open = new AtomicInteger(1);

    private final AtomicBoolean abandoned = new AtomicBoolean();
    private final AtomicBoolean laidAside = new AtomicBoolean();

    ConfirmRound(FlowPublisher publisher, Delivery delivery, QueueWorker worker) {
        this.publisher = publisher;
        this.delivery = delivery;
        this.worker = worker;
    }

    /**
     * Publishes until it is safe.
     *
     * @param unroutable asked with the number of attempts when there is no such queue; true: it has seen to the
     *     message, false: try again
     */
    void publish(FlowFrame frame, IntPredicate unroutable) {
        open.incrementAndGet();
        attempt(frame, unroutable, 1);
    }

    private void attempt(FlowFrame frame, IntPredicate unroutable, int attempts) {
        var _ = publisher.publish(frame).whenComplete((_, failure) -> {
            if (failure == null) {
                done();
            } else if (failure instanceof PublishFailure.Unroutable && unroutable.test(attempts)) {
                done();
            } else {
                again(frame, unroutable, attempts);
            }
        });
    }

    private void again(FlowFrame frame, IntPredicate unroutable, int attempts) {
        if (!delivery.isLive()) {
            // The broker has taken the delivery back: all of it is done again, under the same effect keys.
            abandon();
            return;
        }
        worker.hold();
        var pause = Math.min(FIRST_PAUSE << Math.min(attempts - 1, 10), LONGEST_PAUSE);
        CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS).execute(() -> {
            worker.release();
            attempt(frame.republished(attempts), unroutable, attempts + 1);
        });
    }

    /** A record that must be durable; when it can never be, the delivery is laid aside for operators, who see the queue. */
    void join(CompletableFuture<?> durable) {
        open.incrementAndGet();
        var _ = durable.whenComplete((_, refusal) -> {
            if (refusal != null && laidAside.compareAndSet(false, true)) {
                layAside(refusal);
            }
            done();
        });
    }

    private void layAside(Throwable refusal) {
        log.error("A message of {} goes to {}: its record is refused", delivery.queue(), MessagingNames.DEAD, refusal);
        var headers = new HashMap<>(delivery.headers());
        headers.put("x-weft-refusal", String.valueOf(refusal.getMessage()));
        publish(FlowFrame.to(MessagingNames.DEAD, headers, delivery.body()), _ -> false);
    }

    /** Somebody else has something to hand over too, and will call {@link #end}. */
    void extend() {
        open.incrementAndGet();
    }

    /** The hop has handed over all it has. */
    void end() {
        done();
    }

    private void done() {
        if (open.decrementAndGet() == 0 && !abandoned.get()) {
            delivery.acknowledge();
            worker.settled();
        }
    }

    private void abandon() {
        if (abandoned.compareAndSet(false, true)) {
            log.debug("A delivery of {} comes again", delivery.queue());
            worker.settled();
        }
    }
}
