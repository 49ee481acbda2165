package dev.weft.common.messaging;

import dev.weft.common.broker.AlarmLane;
import dev.weft.common.broker.BrokerPulse;
import dev.weft.common.event.CommandReference;
import dev.weft.common.event.Outgoing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/**
 * Publishes persistently, and returns when the broker has confirmed the message; after an exception it may or may not
 * have the message. While the broker is short of memory or disk the message goes by the {@link AlarmLane}, a large
 * command as a {@link CommandReference}.
 */
public final class ConfirmedPublisher {

    private static final Logger log = LoggerFactory.getLogger(ConfirmedPublisher.class);
    private static final long CONFIRM_SECONDS = 10;

    /** The broker answered that it has not accepted this message. */
    public static final class RefusedException extends AmqpException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private final RabbitTemplate rabbit;
    private final BrokerPulse pulse;
    private final AlarmLane alarmLane;

    public ConfirmedPublisher(RabbitTemplate rabbit, BrokerPulse pulse, AlarmLane alarmLane) {
        this.rabbit = rabbit;
        this.pulse = pulse;
        this.alarmLane = alarmLane;
    }

    /** Publishes a message of an outbox, or one made on the spot for what need not survive a crash. */
    public void publish(Outgoing message) {
        publish(
                message.exchange(),
                message.key(),
                message.id(),
                message.body().getBytes(StandardCharsets.UTF_8),
                Map.of(),
                message.exchange().equals(MessagingNames.COMMANDS));
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

    /**
     * As {@link #tryPublish}, of many at once: all are sent before the first confirm is awaited.
     *
     * @param messages facts
     */
    public void tryPublishAll(List<Outgoing> messages) {
        if (pulse.isBlocked()) {
            messages.forEach(this::tryPublish);
            return;
        }
        try {
            var sent = new ArrayList<CorrelationData>();
            for (var one : messages) {
                sent.add(send(
                        one.exchange(), one.key(), one.id(), one.body().getBytes(StandardCharsets.UTF_8), Map.of()));
            }
            for (var confirmation : sent) {
                if (await(confirmation) == null) {
                    // What is in the connection arrives when the broker is well again.
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AmqpException | ExecutionException | TimeoutException e) {
            log.debug("The broker did not take all of {} messages: {}", messages.size(), e.toString());
        }
    }

    /** @param isCommand whatever its exchange: one that failed goes over those of the waits */
    void publish(String exchange, String key, String id, byte[] body, Map<String, Object> headers, boolean isCommand) {
        var routed = pulse.isBlocked()
                ? publishInAlarm(exchange, key, id, body, headers, isCommand)
                : publishUsually(exchange, key, id, body, headers, isCommand);
        // A fact may have no listener and so no queue; a command must have one.
        if (!routed && !exchange.equals(MessagingNames.EVENTS)) {
            throw new RefusedException("No queue takes " + exchange + " " + key + ".");
        }
    }

    private boolean publishUsually(
            String exchange, String key, String id, byte[] body, Map<String, Object> headers, boolean isCommand) {
        var confirmation = send(exchange, key, id, body, headers);
        try {
            var confirm = await(confirmation);
            if (confirm == null) {
                // The first copy is still in the connection and arrives once more when the broker is well again, under
                // the same id.
                return publishInAlarm(exchange, key, id, body, headers, isCommand);
            }
            if (!confirm.ack()) {
                throw new RefusedException("The broker refused a message: " + confirm.reason());
            }
            return confirmation.getReturned() == null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("Interrupted while waiting for the broker.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AmqpException("The broker did not confirm a message.", e);
        }
    }

    private CorrelationData send(String exchange, String key, String id, byte[] body, Map<String, Object> headers) {
        var message = MessageBuilder.withBody(body)
                .setContentType("application/json")
                .setMessageId(id)
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                .copyHeaders(headers)
                .build();
        var confirmation = new CorrelationData(id);
        rabbit.send(exchange, key, message, confirmation);
        return confirmation;
    }

    /** Null when the broker is found to take no messages meanwhile. */
    private CorrelationData.@Nullable Confirm await(CorrelationData confirmation)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (var second = 1; ; second++) {
            try {
                return confirmation.getFuture().get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                if (pulse.isBlocked()) {
                    return null;
                }
                if (second >= CONFIRM_SECONDS) {
                    throw e;
                }
            }
        }
    }

    private boolean publishInAlarm(
            String exchange, String key, String id, byte[] body, Map<String, Object> headers, boolean isCommand) {
        try {
            // By reference: otherwise the stop of a flow would wait in its outbox behind a start with a large graph.
            var carried = isCommand && body.length > AlarmLane.MOST_BYTES ? CommandReference.to(body) : body;
            return alarmLane.publish(exchange, key, id, carried, headers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("Interrupted while waiting for the broker.", e);
        } catch (IOException | TimeoutException e) {
            throw new AmqpException("The broker takes no messages, nor did it take this one.", e);
        }
    }
}
