package dev.weft.execution.queue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One queue's consumer, on a channel of its own: what goes wrong with one queue concerns no other. */
final class QueueSubscription implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(QueueSubscription.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final String queue;
    private final int prefetch;
    private final Consumer<Delivery> taker;
    private final ConsumerLink link;
    /** Held over calls to the broker, but only this queue's opening and closing wait for it. */
    private final ReentrantLock opening = new ReentrantLock();

    private @Nullable Channel channel;
    private @Nullable TagSettling settling;
    private String tag = "";
    private boolean ended;
    private Duration pause = FIRST_PAUSE;

    QueueSubscription(String queue, int prefetch, Consumer<Delivery> taker, ConsumerLink link) {
        this.queue = queue;
        this.prefetch = prefetch;
        this.taker = taker;
        this.link = link;
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
            tag = fresh.basicConsume(queue, false, new Taker(fresh, settling));
            pause = FIRST_PAUSE;
        } catch (IOException | AlreadyClosedException e) {
            if (connection.isOpen()) {
                // Not declared yet, or deleted and soon to be closed here too.
                log.debug("{} can not be consumed: {}", queue, e.toString());
                later();
            }
        } finally {
            opening.unlock();
        }
    }

    private void later() {
        if (!ended) {
            link.openLater(this, pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** The broker has ended the consumer or the channel, but not the connection. */
    private void broken(Channel which) {
        opening.lock();
        try {
            if (channel == which) {
                abort(which);
                channel = null;
                later();
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
            if (channel != null && channel.isOpen()) {
                channel.basicCancel(tag);
            }
        } catch (IOException | AlreadyClosedException e) {
            log.debug("{} ended while it was cancelled: {}", queue, e.toString());
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

    /** From the client's words to ours. */
    private final class Taker extends DefaultConsumer {

        private final TagSettling settling;

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
                // The client would close the channel for it, and nobody would open another.
                log.error("A delivery of {} could not be taken; the channel is opened anew", queue, e);
                Thread.startVirtualThread(() -> broken(getChannel()));
            }
        }

        /** The queue was deleted. */
        @Override
        public void handleCancel(String consumer) {
            Thread.startVirtualThread(() -> broken(getChannel()));
        }

        @Override
        public void handleShutdownSignal(String consumer, ShutdownSignalException cause) {
            if (!cause.isHardError() && !cause.isInitiatedByApplication()) {
                log.warn("The broker has closed the channel of {}: {}", queue, cause.getMessage());
                Thread.startVirtualThread(() -> broken(getChannel()));
            }
        }
    }
}
