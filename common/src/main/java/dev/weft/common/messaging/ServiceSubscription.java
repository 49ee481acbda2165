package dev.weft.common.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weft.common.broker.EventBody;
import dev.weft.common.duty.RareLines;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.EventHandler;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ChannelProxy;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.amqp.rabbit.listener.ConsumeOkEvent;
import org.springframework.amqp.rabbit.listener.MissingQueueEvent;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * One durable quorum queue and this replica's consumer. Messages about different subjects are handled in parallel,
 * those about one subject in order ({@link SubjectLanes}), as far as this replica gets them: other replicas consume the
 * same queue. A message whose handler fails waits and comes again, counted in the header {@code attempt}, after longer
 * and longer waits ({@link RetryWaits}), during which others about its subject may overtake it. A message that no
 * attempt could handle, or that is no event at all, is kept in {@code weft.dead} ({@link DeadMessages}). One that the
 * broker had to take back often ({@link GivenBack}) is not handled but waits as after an attempt that failed.
 */
public final class ServiceSubscription implements SmartLifecycle, ConnectionListener {

    private static final Logger log = LoggerFactory.getLogger(ServiceSubscription.class);
    /** For all queues together: a broker that refuses many is told of as often as one that refuses a single one. */
    private static final RareLines LINES = new RareLines(log);

    private static final String ATTEMPT = "attempt";
    private static final int SUBJECTS_AT_ONCE = 8;
    /** Commands may carry a megabyte each, and what is taken ahead lies in memory. */
    private static final int AHEAD = 60;
    /** What is in work for longer when the service stops is done again by the next replica. */
    private static final Duration END_OF_WORK = Duration.ofSeconds(5);

    private final ConnectionFactory connections;
    private final ConfirmedPublisher publisher;
    private final JsonMapper json;
    private final Clock clock;
    private final RetryWaits waits;
    private final String queue;
    private final String exchange;
    private final QueueDeclaration declaration;
    private final EventHandler handler;
    private final SimpleMessageListenerContainer container;
    private final SubjectLanes lanes = new SubjectLanes(SUBJECTS_AT_ONCE);
    private final ConsumerPauses pauses;
    private final CountDownLatch stopping = new CountDownLatch(1);

    ServiceSubscription(
            ConnectionFactory connections,
            AmqpAdmin admin,
            ConfirmedPublisher publisher,
            JsonMapper json,
            Clock clock,
            RetryWaits waits,
            String queue,
            String exchange,
            List<String> keys,
            EventHandler handler) {
        this.connections = connections;
        this.publisher = publisher;
        this.json = json;
        this.clock = clock;
        this.waits = waits;
        this.queue = queue;
        this.exchange = exchange;
        this.declaration = new QueueDeclaration(admin, waits, queue, exchange, keys);
        this.handler = handler;
        this.pauses = new ConsumerPauses(System::nanoTime, () -> LINES.warn("A queue can not be taken from", queue));
        this.container = new SimpleMessageListenerContainer(connections);
        container.setQueueNames(queue);
        container.setMissingQueuesFatal(false);
        container.setPrefetchCount(AHEAD);
        container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
        container.setRecoveryBackOff(pauses);
        container.setFailedDeclarationRetryInterval(1000);
        container.setMessageListener((ChannelAwareMessageListener) this::arrived);
        container.setApplicationEventPublisher(this::happened);
    }

    private void happened(Object event) {
        if (event instanceof ConsumeOkEvent) {
            pauses.began();
        } else if (event instanceof MissingQueueEvent && stopping.getCount() > 0) {
            declareAgain();
        }
    }

    /** Somebody has deleted it, or the broker has lost it with a node, while the connection lives. */
    private void declareAgain() {
        LINES.warn("A queue is gone; it is declared again", queue);
        try {
            declaration.declare();
        } catch (AmqpException e) {
            LINES.warn("A queue can not be declared yet", queue, e);
        }
    }

    /** Every new connection finds its queues, also on a broker that lost them. */
    @Override
    public void onCreate(@Nullable Connection connection) {
        declaration.declare();
    }

    private void arrived(Message message, @Nullable Channel channel) {
        // The channel itself and not Spring's proxy: the proxy opens another channel when this one is closed, where the
        // same tag may belong to a message that nobody has handled yet.
        var own = channel instanceof ChannelProxy proxy ? proxy.getTargetChannel() : channel;
        while (!isInWork(message, own)) {
            rest();
            if (mayBeGivenBack(message, own)) {
                settle(message, own, false);
                return;
            }
        }
    }

    private boolean isInWork(Message message, @Nullable Channel channel) {
        try {
            var event = read(message);
            lanes.add(event.map(DomainEvent::subjectId).orElse(""), () -> work(message, event, channel));
            return true;
        } catch (RuntimeException | Error e) {
            // No memory or thread, for example. An error that left this method would end the process.
            LINES.warn("A message can not be worked on", queue, e);
            return false;
        }
    }

    private void work(Message message, Optional<DomainEvent> event, @Nullable Channel channel) {
        var isTaken = isTaken(message, event);
        while (!isTaken && !mayBeGivenBack(message, channel)) {
            isTaken = isTaken(message, event);
        }
        settle(message, channel, isTaken);
    }

    /** Or is kept here, since the broker might drop it. If the channel has ended, the broker has it already. */
    private boolean mayBeGivenBack(Message message, @Nullable Channel channel) {
        return !isGivenBackOften(message) || channel == null || !channel.isOpen() || stopping.getCount() == 0;
    }

    private static boolean isGivenBackOften(Message message) {
        return GivenBack.isOften(message.getMessageProperties().getHeaders());
    }

    private void settle(Message message, @Nullable Channel channel, boolean isTaken) {
        var tag = message.getMessageProperties().getDeliveryTag();
        try {
            if (isTaken) {
                Objects.requireNonNull(channel).basicAck(tag, false);
            } else {
                Objects.requireNonNull(channel).basicNack(tag, false, true);
            }
        } catch (IOException | ShutdownSignalException e) {
            log.debug("A message of {} comes again, since its connection has ended", queue, e);
        }
    }

    /** False when it was neither handled nor put anywhere else, so that it has to come again. */
    private boolean isTaken(Message message, Optional<DomainEvent> event) {
        try {
            take(message, event);
            return true;
        } catch (RuntimeException | Error e) {
            log.warn("A message of {} could be put nowhere: {}", queue, e.toString());
            // Not at once, or it would come again without end.
            rest();
            return false;
        }
    }

    private void take(Message message, Optional<DomainEvent> event) {
        if (event.isEmpty()) {
            log.error("Message {} of {} is not an event; it is laid aside", idOf(message), queue);
            layAside(message, attempt(message), "It is not an event.");
            return;
        }
        if (isGivenBackOften(message)) {
            // Whatever ends its handlers, or keeps what they leave from the broker, is no better for the next one.
            LINES.warn("A message was given back often; it has to wait", queue);
            putOff(message, attempt(message) + 1, "It was given back again and again.");
            return;
        }
        try {
            handler.handle(event.get());
        } catch (Exception | Error e) {
            // Errors too: if one left this method, its message would stay unsettled for as long as the connection
            // lives.
            again(message, event.get(), e);
        }
    }

    /** Empty for bytes that would not be better next time. */
    private Optional<DomainEvent> read(Message message) {
        try {
            return Optional.ofNullable(json.readValue(bodyOf(message), DomainEvent.class))
                    .filter(event -> Stream.of(event.type(), event.subjectId(), event.payload())
                            .allMatch(Objects::nonNull));
        } catch (RuntimeException e) {
            // Whatever it is: an exception here would leave the message unsettled.
            log.debug("A message of {} can not be read", queue, e);
            return Optional.empty();
        }
    }

    private void again(Message message, DomainEvent event, Throwable cause) {
        var failed = attempt(message) + 1;
        var wait = waits.after(failed);
        log.warn(
                "{} about {} failed in {}, attempt {}, {}: {}",
                event.type(),
                event.subjectId(),
                queue,
                failed,
                wait.map(pause -> "again in " + pause.toSeconds() + " s").orElse("laid aside"),
                cause.toString(),
                // The stack of the cause is logged once only.
                failed == 1 || wait.isEmpty() ? cause : null);
        putOff(message, failed, cause.toString());
    }

    private void putOff(Message message, int failed, String reason) {
        var wait = waits.after(failed);
        if (wait.isPresent()) {
            sendToWait(wait.get(), message, failed);
        } else {
            layAside(message, failed, reason);
        }
    }

    private void sendToWait(Duration wait, Message message, int failed) {
        try {
            publish(MessagingNames.waiting(wait), queue, message, Map.of(ATTEMPT, failed));
        } catch (ConfirmedPublisher.RefusedException e) {
            // Somebody may have deleted the waiting queue while the connection lives; the message is given back, and
            // fails once more.
            declaration.declareWait(wait);
            throw e;
        }
    }

    private void layAside(Message message, int attempts, String reason) {
        publish("", MessagingNames.DEAD, message, DeadMessages.headers(queue, reason, attempts, clock.instant()));
    }

    private void publish(String toExchange, String key, Message message, Map<String, Object> headers) {
        publisher.publish(
                toExchange, key, idOf(message), bodyOf(message), headers, exchange.equals(MessagingNames.COMMANDS));
    }

    private void rest() {
        try {
            var _ = stopping.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int attempt(Message message) {
        return message.getMessageProperties().getHeader(ATTEMPT) instanceof Number n ? n.intValue() : 0;
    }

    private static byte[] bodyOf(Message message) {
        return EventBody.of(message.getMessageProperties().getHeaders(), message.getBody());
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
        stopping.countDown();
        lanes.close(END_OF_WORK);
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }
}
