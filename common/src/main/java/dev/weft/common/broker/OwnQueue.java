package dev.weft.common.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exclusive queue of this process and its consumer; the queue is deleted with its connection. It may end while the
 * connection lives on, when its channel or consumer does; then its owner is told, since nothing would arrive any more.
 */
public final class OwnQueue {

    private static final Logger log = LoggerFactory.getLogger(OwnQueue.class);

    /** Receives messages, without acknowledgements. */
    @FunctionalInterface
    public interface Taker {

        void take(String routingKey, Map<String, Object> headers, byte[] body);
    }

    private final Channel channel;
    private final String name;
    private final Runnable ended;

    private OwnQueue(Channel channel, String name, Runnable ended) {
        this.channel = channel;
        this.name = name;
        this.ended = ended;
    }

    /** @param ended done when nothing comes from it any more */
    public static OwnQueue declare(Connection connection, String name, Runnable ended) throws IOException {
        var channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("The connection has no more channels.");
        }
        channel.addShutdownListener(_ -> ended.run());
        channel.queueDeclare(name, false, true, true, null);
        return new OwnQueue(channel, name, ended);
    }

    /** What is published to the exchange under one of the keys comes here; the exchange is declared. */
    public OwnQueue bind(String topicExchange, Collection<String> keys) throws IOException {
        channel.exchangeDeclare(topicExchange, "topic", true);
        for (var key : keys) {
            channel.queueBind(name, topicExchange, key);
        }
        return this;
    }

    public void consume(Taker taker) throws IOException {
        channel.basicConsume(name, true, new Consumer(taker));
    }

    private final class Consumer extends DefaultConsumer {

        private final Taker taker;

        Consumer(Taker taker) {
            super(channel);
            this.taker = taker;
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
            try {
                Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
                taker.take(envelope.getRoutingKey(), headers, body);
            } catch (RuntimeException | Error e) {
                // An exception would make the client close the channel.
                log.error("A message {} of {} could not be taken", envelope.getRoutingKey(), name, e);
            }
        }

        /** The queue was deleted. */
        @Override
        public void handleCancel(String tag) {
            ended.run();
        }

        @Override
        public void handleShutdownSignal(String tag, ShutdownSignalException cause) {
            ended.run();
        }
    }
}
