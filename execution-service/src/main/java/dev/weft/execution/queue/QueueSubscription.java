package dev.weft.execution.queue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weft.common.broker.TagSettling;
import dev.weft.common.duty.GrowingPause;
import dev.weft.common.duty.RareLines;
import dev.weft.execution.queue.QueueConsumers.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes one queue, on a channel of its own, so that an error of one queue does not affect others. It makes a
 * {@link Delivery} of each message and hands it, on the client's thread, to the taker that
 * {@link QueueConsumers#subscribe} was given. When the channel breaks it is opened again, until the subscription is
 * closed.
 */
final class QueueSubscription implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(QueueSubscription.class);
    /** For all queues together: a broker that refuses many is told of as often as one that refuses a single one. */
    private static final RareLines LINES = new RareLines(log);

    /** A consumer that has lived for so long is no sign of a queue that lets none live. */
    private static final Duration WELL = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String queue;
    private final int prefetch;
    private final Consumer<Delivery> taker;
    private final ConsumerLink link;
    /** Held over calls to the broker, but only this queue's opening and closing wait for it. */
    private final ReentrantLock opening = new ReentrantLock();

    private @Nullable Channel channel;
    private @Nullable TagSettling settling;
    private @Nullable Taker consumer;
    private String tag = "";
    private boolean ended;
    private final GrowingPause pauses = new GrowingPause(Duration.ofMillis(500), Duration.ofSeconds(30));
    private volatile long opened = System.nanoTime();
    private volatile boolean consuming;
    private volatile @Nullable QueueTrouble trouble;

    QueueSubscription(String queue, int prefetch, Consumer<Delivery> taker, ConsumerLink link) {
        this.queue = queue;
        this.prefetch = prefetch;
        this.taker = taker;
        this.link = link;
    }

    String queue() {
        return queue;
    }

    private void discard() {
        var broken = channel;
        channel = null;
        consuming = false;
        if (broken != null) {
            abort(broken);
        }
    }

    void open(Connection connection) {
        opening.lock();
        try {
            if (ended || (channel != null && channel.isOpen())) {
                return;
            }
            var fresh = connection.createChannel();
            if (fresh == null) {
                throw new IOException("The connection has no more channels.");
            }
            channel = fresh;
            fresh.basicQos(prefetch);
            settling = new TagSettling(fresh);
            consumer = new Taker(fresh, settling);
            tag = fresh.basicConsume(queue, false, consumer);
            opened = System.nanoTime();
            consuming = true;
        } catch (IOException | AlreadyClosedException e) {
            if (connection.isOpen()) {
                refused(e.getCause() == null ? e : e.getCause());
            }
        } catch (RuntimeException | Error e) {
            // A half-opened channel would otherwise count as open.
            discard();
            throw e;
        } finally {
            opening.unlock();
        }
    }

    /** Not declared yet, or deleted and soon to be closed here too; or the broker can not let anyone take from it. */
    private void refused(Throwable cause) {
        consuming = false;
        if (ended) {
            return;
        }
        if (channel != null) {
            abort(channel);
            channel = null;
        }
        var known = trouble;
        var reason = String.valueOf(cause.getMessage());
        trouble = known == null
                ? QueueTrouble.begun(queue, System.nanoTime(), reason)
                : known.again(System.nanoTime(), reason);
        LINES.warn("A queue can not be taken from", queue, cause);
        link.openLater(this, pauses.next());
    }

    /** Why nothing can be taken from it, or could not until a moment ago. */
    Optional<QueueTrouble> trouble() {
        var known = trouble;
        if (known != null && isWell()) {
            trouble = null;
            pauses.reset();
            return Optional.empty();
        }
        return Optional.ofNullable(known).map(met -> consuming ? met : met.goesOn(System.nanoTime()));
    }

    /** Whether the broker has had no such queue for so long. */
    boolean isMissing(Duration time) {
        var known = trouble;
        return known != null
                && !consuming
                && known.isMissing()
                && known.goesOn(System.nanoTime()).lasts(time);
    }

    /** Without the lock, which may be held over a call that the broker does not answer. */
    private boolean isWell() {
        return consuming && System.nanoTime() - opened > WELL.toNanos();
    }

    /** The broker has ended the consumer or the channel, but not the connection. */
    private void broken(Channel which, Throwable cause) {
        opening.lock();
        try {
            // The channel has been replaced since, so its end no longer matters.
            if (channel == which) {
                if (System.nanoTime() - opened > WELL.toNanos()) {
                    pauses.reset();
                }
                refused(cause);
            }
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void cancel() {
        opening.lock();
        try {
            ended = true;
            // Marked as ended before the cancel: a channel that breaks in between is not opened again.
            if (channel != null && channel.isOpen() && consumer != null) {
                channel.basicCancel(tag);
                // All deliveries that the broker sent before arrive before its answer to the cancel.
                consumer.awaitEnd();
            }
        } catch (IOException | AlreadyClosedException e) {
            log.debug("{} ended while it was cancelled: {}", queue, e.toString());
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void settle() {
        opening.lock();
        try {
            if (settling != null && channel != null && channel.isOpen()) {
                settling.flush();
                // The broker's answer comes after everything that it sent before.
                channel.basicQos(prefetch);
            }
        } catch (IOException | AlreadyClosedException e) {
            log.debug("{} ended while it was settled: {}", queue, e.toString());
        } finally {
            opening.unlock();
        }
    }

    /** What is settled already is heard by the broker first; the rest it takes back. */
    @Override
    public void close() {
        opening.lock();
        try {
            ended = true;
            if (channel != null) {
                if (settling != null) {
                    settling.flush();
                }
                abort(channel);
                channel = null;
            }
        } finally {
            opening.unlock();
        }
        link.remove(this);
    }

    private static void abort(Channel channel) {
        try {
            channel.abort();
        } catch (IOException e) {
            log.debug("A channel ended while it was closed: {}", e.toString());
        }
    }

    /** Translates the AMQP client's callbacks. */
    private final class Taker extends DefaultConsumer {

        private final TagSettling settling;
        private final CountDownLatch end = new CountDownLatch(1);

        Taker(Channel channel, TagSettling settling) {
            super(channel);
            this.settling = settling;
        }

        @Override
        public void handleDelivery(String consumer, Envelope envelope, BasicProperties properties, byte[] body) {
            Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
            var returns = headers.get("x-delivery-count") instanceof Number number ? number.intValue() : 0;
            try {
                taker.accept(new Delivery(
                        queue, envelope.getRoutingKey(), headers, body, envelope.getDeliveryTag(), returns, settling));
            } catch (RuntimeException | Error e) {
                // If an exception left this method, the client would close the channel and nobody would open another.
                log.error("A delivery of {} could not be taken; the channel is opened anew", queue, e);
                Thread.startVirtualThread(() -> broken(getChannel(), e));
            }
        }

        /** After the last delivery. */
        @Override
        public void handleCancelOk(String consumer) {
            end.countDown();
        }

        void awaitEnd() {
            try {
                var _ = end.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** The queue was deleted, or lost its leader. */
        @Override
        public void handleCancel(String consumer) {
            Thread.startVirtualThread(
                    () -> broken(getChannel(), new IOException("The broker has ended the consumer.")));
        }

        @Override
        public void handleShutdownSignal(String consumer, ShutdownSignalException cause) {
            end.countDown();
            // A hard error ends the connection; the next connection opens all subscriptions again.
            if (!cause.isHardError() && !cause.isInitiatedByApplication()) {
                // The client's thread must not wait here for a lock that is held during calls to the broker.
                Thread.startVirtualThread(() -> broken(getChannel(), cause));
            }
        }
    }
}
