package dev.weft.execution.queue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.metrics.EngineMetrics.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel that publishes with confirms, for as long as it lives. The sequence number goes along as correlation id,
 * since a returned message does not tell it otherwise.
 */
final class ConfirmChannel {

    private static final Logger log = LoggerFactory.getLogger(ConfirmChannel.class);
    private static final int PERSISTENT = 2;
    private static final int TRANSIENT = 1;

    private static final class Pending {
        final CompletableFuture<Void> future = new CompletableFuture<>();
        final String key;
        final long begun = System.nanoTime();
        volatile boolean returned;

        Pending(String key) {
            this.key = key;
        }
    }

    private final ReentrantLock order = new ReentrantLock();
    private final ConcurrentNavigableMap<Long, Pending> pending = new ConcurrentSkipListMap<>();
    private final Channel channel;
    private final EngineMetrics metrics;
    private final Runnable refused;
    /** Guarded by {@link #order}: nothing is published any more. */
    private boolean broken;

    /** @param refused the channel is of no use any more, for a fault of ours */
    ConfirmChannel(Connection connection, EngineMetrics metrics, Runnable refused) throws IOException {
        this.metrics = metrics;
        this.refused = refused;
        channel = connection.createChannel();
        channel.addShutdownListener(cause -> {
            if (!cause.isHardError()) {
                log.error("The broker has refused a publish: {}", cause.getMessage());
                refused.run();
            }
        });
        channel.confirmSelect();
        channel.addConfirmListener(
                (tag, multiple) -> settle(tag, multiple, true), (tag, multiple) -> settle(tag, multiple, false));
        channel.addReturnListener(this::returned);
    }

    CompletableFuture<Void> publish(FlowFrame frame) {
        var entry = new Pending(frame.key());
        long number = 0;
        order.lock();
        try {
            if (broken) {
                end(entry, Answer.LOST, new PublishFailure.BrokerGone());
                return entry.future;
            }
            number = channel.getNextPublishSeqNo();
            pending.put(number, entry);
            channel.basicPublish(frame.exchange(), frame.key(), true, properties(frame, number), frame.body());
        } catch (IOException | AlreadyClosedException e) {
            pending.remove(number);
            end(entry, Answer.LOST, new PublishFailure.BrokerGone());
        } catch (RuntimeException e) {
            // The client has counted what it could not write, and the broker has not: from now on each confirm would be
            // taken for that of another message.
            pending.remove(number);
            broken = true;
            refused.run();
            throw e;
        } finally {
            order.unlock();
        }
        return entry.future;
    }

    private static BasicProperties properties(FlowFrame frame, long number) {
        return new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf8")
                .deliveryMode(frame.durable() ? PERSISTENT : TRANSIENT)
                .headers(frame.headers())
                .correlationId(Long.toString(number))
                .build();
    }

    /** Comes before the confirm of the same message. */
    private void returned(Return message) {
        var entry = pending.get(Long.valueOf(message.getProperties().getCorrelationId()));
        if (entry != null) {
            entry.returned = true;
        }
    }

    private void settle(long tag, boolean multiple, boolean taken) {
        if (multiple) {
            var all = pending.headMap(tag, true);
            for (var number : all.keySet()) {
                settle(number, taken);
            }
        } else {
            settle(tag, taken);
        }
    }

    private void settle(long number, boolean taken) {
        var entry = pending.remove(number);
        if (entry == null) {
            return;
        }
        if (!taken) {
            end(entry, Answer.REFUSED, new PublishFailure.QueueFull(entry.key));
        } else if (entry.returned) {
            end(entry, Answer.RETURNED, new PublishFailure.Unroutable(entry.key));
        } else {
            end(entry, Answer.CONFIRMED, null);
        }
    }

    private void end(Pending entry, Answer answer, @Nullable PublishFailure failure) {
        metrics.published(answer, System.nanoTime() - entry.begun);
        if (failure == null) {
            entry.future.complete(null);
        } else {
            entry.future.completeExceptionally(failure);
        }
    }

    /** Who waits for the broker's word longer than this is told that there was none: a queue may be sick, and the broker not. */
    void giveUp(long longest) {
        var now = System.nanoTime();
        for (var waiting : pending.entrySet()) {
            var entry = waiting.getValue();
            if (now - entry.begun < longest) {
                return;
            }
            if (pending.remove(waiting.getKey(), entry)) {
                end(entry, Answer.LOST, new PublishFailure.Unanswered(entry.key));
            }
        }
    }

    int unconfirmed() {
        return pending.size();
    }

    /** The channel is gone: nobody knows what became of what waits for its confirm. */
    void lost() {
        var left = new ArrayList<Pending>();
        order.lock();
        try {
            left.addAll(pending.values());
            pending.clear();
        } finally {
            order.unlock();
        }
        left.forEach(entry -> end(entry, Answer.LOST, new PublishFailure.BrokerGone()));
    }
}
