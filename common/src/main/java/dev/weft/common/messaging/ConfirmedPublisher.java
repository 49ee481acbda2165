package dev.weft.common.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Publishes persistently and returns when the broker has taken the message; an exception means it may not have. */
public final class ConfirmedPublisher {

    private static final Logger log = LoggerFactory.getLogger(ConfirmedPublisher.class);
    private static final long CONFIRM_SECONDS = 10;

    /** The broker answered, and has not taken this message. */
    static final class RefusedException extends AmqpException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private final RabbitTemplate rabbit;

    ConfirmedPublisher(RabbitTemplate rabbit) {
        this.rabbit = rabbit;
    }

    /** Publishes a message of an outbox, or one made on the spot for what need not survive a crash. */
    public void publish(Outgoing message) {
        publish(
                message.exchange(),
                message.key(),
                message.id(),
                message.body().getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    /** As {@link #publish(Outgoing)}, for what is worth nothing later; false when the broker did not take it. */
    public boolean tryPublish(Outgoing message) {
        try {
            publish(message);
            return true;
        } catch (AmqpException e) {
            log.debug("The broker did not take {}: {}", message.key(), e.toString());
            return false;
        }
    }

    void publish(String exchange, String key, String id, byte[] body, Map<String, Object> headers) {
        var message = MessageBuilder.withBody(body)
                .setContentType("application/json")
                .setMessageId(id)
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                .copyHeaders(headers)
                .build();
        var confirmation = new CorrelationData(id);
        rabbit.send(exchange, key, message, confirmation);
        try {
            var confirm = confirmation.getFuture().get(CONFIRM_SECONDS, TimeUnit.SECONDS);
            if (!confirm.ack()) {
                throw new RefusedException("The broker refused a message: " + confirm.reason());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("Interrupted while waiting for the broker.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AmqpException("The broker did not confirm a message.", e);
        }
        // A fact that nobody listens to may be unroutable; work for a service may not.
        if (!exchange.equals(MessagingNames.EVENTS) && confirmation.getReturned() != null) {
            throw new RefusedException("No queue takes " + exchange + " " + key + ".");
        }
    }
}
