package dev.weft.common.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * An exclusive queue of this process, for as long as its connection lives. When it is lost, so may facts be: the owner
 * is told ({@code lost}) before the queue exists again, and once more when it does.
 */
public final class InstanceSubscription implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(InstanceSubscription.class);

    private static final long SHORTEST_PAUSE_MS = 300;
    private static final long LONGEST_PAUSE_MS = 5000;

    private final BrokerConnections connections;
    private final JsonMapper json;
    private final String queue;
    private final EventHandler handler;
    private final Runnable lost;
    private final List<String> types;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Thread keeper;

    InstanceSubscription(
            BrokerConnections connections,
            JsonMapper json,
            String queue,
            EventHandler handler,
            Runnable lost,
            String... types) {
        this.connections = connections;
        this.json = json;
        this.queue = queue;
        this.handler = handler;
        this.lost = lost;
        this.types = List.of(types);
    }

    @Override
    public void start() {
        keeper = Thread.ofVirtual().name(queue).start(this::keep);
    }

    /** Holds one subscription after the other until the process stops. */
    private void keep() {
        var pause = SHORTEST_PAUSE_MS;
        while (stopping.getCount() > 0) {
            try (var connection = connections.open(queue)) {
                var gone = new CountDownLatch(1);
                connection.addShutdownListener(_ -> gone.countDown());
                consume(connection, gone);
                lost.run();
                pause = SHORTEST_PAUSE_MS;
                waitFor(gone);
            } catch (IOException | TimeoutException | ShutdownSignalException e) {
                // Also the close of a connection that the broker closed before.
                log.debug("{} waits for the broker: {}", queue, e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // Whatever it is: without this thread nothing would be heard any more, and nobody would see that.
                log.error("{} is subscribed anew after a fault", queue, e);
            }
            tellLost();
            if (pause(pause)) {
                return;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
        }
    }

    private void waitFor(CountDownLatch gone) throws InterruptedException {
        while (!gone.await(1, TimeUnit.SECONDS)) {
            if (stopping.getCount() == 0) {
                return;
            }
        }
    }

    /** A moment before the next attempt; true when the process stops meanwhile. */
    private boolean pause(long ms) {
        try {
            return stopping.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void tellLost() {
        try {
            lost.run();
        } catch (RuntimeException | Error e) {
            log.error("What {} may have missed can not be told", queue, e);
        }
    }

    /** @param gone what is heard ends with the channel, though its connection may live on */
    private void consume(Connection connection, CountDownLatch gone) throws IOException {
        var channel = connection.createChannel();
        channel.addShutdownListener(_ -> gone.countDown());
        channel.exchangeDeclare(MessagingNames.EVENTS, "topic", true);
        channel.queueDeclare(queue, false, true, true, null);
        for (var type : types) {
            channel.queueBind(queue, MessagingNames.EVENTS, type);
        }
        channel.basicConsume(queue, true, new Consumer(channel, gone));
    }

    /** Hands each event to the owner; one that can not be handled must not end the consumer. */
    private final class Consumer extends DefaultConsumer {

        private final CountDownLatch gone;

        Consumer(Channel channel, CountDownLatch gone) {
            super(channel);
            this.gone = gone;
        }

        /** The queue was deleted. */
        @Override
        public void handleCancel(String tag) {
            gone.countDown();
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            try {
                handler.handle(json.readValue(EventBody.of(properties.getHeaders(), body), DomainEvent.class));
            } catch (RuntimeException | Error e) {
                log.error(
                        "An event of type {} could not be applied; everything remembered is dropped",
                        envelope.getRoutingKey(),
                        e);
                tellLost();
            }
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
    }

    @Override
    public boolean isRunning() {
        return keeper != null && stopping.getCount() > 0;
    }
}
