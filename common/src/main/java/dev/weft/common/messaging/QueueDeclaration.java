package dev.weft.common.messaging;

import java.time.Duration;
import java.util.List;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.FanoutExchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;

/** The queue of a service with its exchanges, its bindings, and the queues in which its messages wait and are laid aside. */
final class QueueDeclaration {

    private final AmqpAdmin admin;
    private final RetryWaits waits;
    private final String queue;
    private final String exchange;
    private final List<String> keys;

    QueueDeclaration(AmqpAdmin admin, RetryWaits waits, String queue, String exchange, List<String> keys) {
        this.admin = admin;
        this.waits = waits;
        this.queue = queue;
        this.exchange = exchange;
        this.keys = keys;
    }

    /** The queue of a service, as everyone must declare it. */
    static Queue queue(String name) {
        return QueueBuilder.durable(name).quorum().build();
    }

    void declare() {
        admin.declareExchange(new TopicExchange(MessagingNames.EVENTS));
        admin.declareExchange(new DirectExchange(MessagingNames.COMMANDS));
        admin.declareQueue(QueueBuilder.durable(MessagingNames.DEAD).quorum().build());
        admin.declareQueue(queue(queue));
        waits.waits().forEach(this::declareWait);
        for (var key : keys) {
            admin.declareBinding(new Binding(queue, Binding.DestinationType.QUEUE, exchange, key, null));
        }
    }

    /** A message that has waited goes to the queue that its routing key names. */
    void declareWait(Duration wait) {
        var name = MessagingNames.waiting(wait);
        admin.declareExchange(new FanoutExchange(name));
        admin.declareQueue(QueueBuilder.durable(name)
                .quorum()
                .ttl(Math.toIntExact(wait.toMillis()))
                .deadLetterExchange("")
                .withArgument("x-dead-letter-strategy", "at-least-once")
                .withArgument("x-overflow", "reject-publish")
                .build());
        admin.declareBinding(new Binding(name, Binding.DestinationType.QUEUE, name, "", null));
    }
}
