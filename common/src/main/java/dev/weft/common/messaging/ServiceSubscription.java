package dev.weft.common.messaging;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.SmartLifecycle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One durable quorum queue and its consumers. A message whose handler fails waits 5 s in the retry queue and comes
 * again, counted in the header {@code attempt}; after ten attempts it is kept in {@code weft.dead}.
 */
public final class ServiceSubscription implements SmartLifecycle, ConnectionListener {

    private static final Logger log = LoggerFactory.getLogger(ServiceSubscription.class);
    private static final int ATTEMPTS = 10;

    private final ConnectionFactory connections;
    private final AmqpAdmin admin;
    private final ConfirmedPublisher publisher;
    private final JsonMapper json;
    private final String queue;
    private final String exchange;
    private final List<String> keys;
    private final EventHandler handler;
    private final SimpleMessageListenerContainer container;

    ServiceSubscription(
            ConnectionFactory connections,
            AmqpAdmin admin,
            ConfirmedPublisher publisher,
            JsonMapper json,
            String queue,
            String exchange,
            List<String> keys,
            EventHandler handler) {
        this.connections = connections;
        this.admin = admin;
        this.publisher = publisher;
        this.json = json;
        this.queue = queue;
        this.exchange = exchange;
        this.keys = keys;
        this.handler = handler;
        this.container = new SimpleMessageListenerContainer(connections);
        container.setQueueNames(queue);
        container.setMissingQueuesFatal(false);
        container.setPrefetchCount(20);
        container.setConcurrentConsumers(2);
        container.setRecoveryInterval(1000);
        container.setMessageListener(this::take);
    }

    /** The queue of a service, as everyone must declare it. */
    static Queue queue(String name) {
        return QueueBuilder.durable(name).quorum().build();
    }

    /** Every new connection finds its queues, also on a broker that lost them. */
    @Override
    public void onCreate(@Nullable Connection connection) {
        admin.declareExchange(new TopicExchange(MessagingNames.EVENTS));
        admin.declareExchange(new DirectExchange(MessagingNames.COMMANDS));
        admin.declareQueue(QueueBuilder.durable(MessagingNames.DEAD).quorum().build());
        admin.declareQueue(queue(queue));
        admin.declareQueue(QueueBuilder.durable(MessagingNames.retry(queue))
                .quorum()
                .ttl(5000)
                .deadLetterExchange("")
                .deadLetterRoutingKey(queue)
                .withArgument("x-dead-letter-strategy", "at-least-once")
                .withArgument("x-overflow", "reject-publish")
                .build());
        for (var key : keys) {
            admin.declareBinding(new Binding(queue, Binding.DestinationType.QUEUE, exchange, key, null));
        }
    }

    private void take(Message message) {
        var body = new String(message.getBody(), StandardCharsets.UTF_8);
        try {
            handler.handle(json.readValue(body, DomainEvent.class));
        } catch (JacksonException e) {
            log.error("A message of {} is not an event", queue, e);
            publisher.publish("", MessagingNames.DEAD, idOf(message), body, ATTEMPTS);
        } catch (RuntimeException e) {
            again(message, body, e);
        }
    }

    private void again(Message message, String body, RuntimeException cause) {
        int attempt = message.getMessageProperties().getHeader("attempt") instanceof Integer n ? n + 1 : 1;
        log.warn("Message {} of {} failed, attempt {}", idOf(message), queue, attempt, cause);
        var next = attempt < ATTEMPTS ? MessagingNames.retry(queue) : MessagingNames.DEAD;
        publisher.publish("", next, idOf(message), body, attempt);
    }

    private static String idOf(Message message) {
        var id = message.getMessageProperties().getMessageId();
        return id == null ? "unknown" : id;
    }

    @Override
    public void start() {
        connections.addConnectionListener(this);
        container.afterPropertiesSet();
        container.start();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }
}
