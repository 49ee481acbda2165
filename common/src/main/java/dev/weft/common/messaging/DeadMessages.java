package dev.weft.common.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.event.Command;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowMessageRoute;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The messages in {@code weft.dead}: counted ({@code weft.dead.messages}, the same number in every process), listed,
 * and sent again to where they came from once an operator has fixed the cause.
 */
public final class DeadMessages {

    private static final int CONFIRM_MS = 10_000;
    private static final int CLOSE_MS = 5000;
    private static final int MOST_REASONS = 100;

    private final BrokerConnections connections;
    private final JsonMapper json;
    private final Clock clock;
    private final FlowMessageRoute route;
    private volatile long count;
    private volatile @Nullable Instant oldest;

    DeadMessages(
            BrokerConnections connections, JsonMapper json, Clock clock, MeterRegistry meters, FlowMessageRoute route) {
        this.route = route;
        this.connections = connections;
        this.json = json;
        this.clock = clock;
        Gauge.builder("weft.dead.messages", this, dead -> dead.count)
                .description(
                        "facts, commands and flow messages that no attempt could handle, in the whole installation")
                .strongReference(true)
                .register(meters);
    }

    /**
     * A dead message.
     *
     * @param queue where it came from; empty when that is not known
     * @param body the JSON of a fact or command; null in lists and for flow messages, which are encrypted
     */
    public record DeadMessage(
            String id,
            String queue,
            String reason,
            int attempts,
            @Nullable Instant since,
            @Nullable String type,
            @Nullable String subjectId,
            @Nullable String tenantId,
            int bytes,
            @Nullable String body) {}

    /**
     * The result of sending dead messages again.
     *
     * @param left messages that nobody could be found for
     * @param reasons why they are left, by id; for the first hundred
     */
    public record Redriven(int sent, int left, Map<String, String> reasons) {}

    /** The headers of a message that is laid aside. */
    static Map<String, Object> headers(String queue, String reason, int attempts, Instant now) {
        return LaidAside.headers(queue, reason, attempts, now);
    }

    /** The same for a flow message, whose own headers are kept. */
    public static Map<String, Object> headers(Map<String, Object> own, String queue, String reason, Instant now) {
        var all = new HashMap<>(own);
        all.putAll(headers(queue, reason, 1, now));
        return all;
    }

    /** Work on the queue over a channel of its own; closing the channel gives back what was read. */
    private interface Work<T> {
        T on(Channel channel) throws IOException, InterruptedException, TimeoutException;
    }

    private <T> T withChannel(Work<T> work) {
        Connection connection = null;
        try {
            connection = connections.open("dead-messages");
            var channel = connection.createChannel();
            channel.queueDeclare(MessagingNames.DEAD, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.confirmSelect();
            return work.on(channel);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("Interrupted while waiting for the broker.", e);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            throw new AmqpException("The dead messages can not be reached.", e);
        } finally {
            if (connection != null) {
                // Limited: without a time limit close would wait for as long as the broker is short of memory.
                connection.abort(CLOSE_MS);
            }
        }
    }

    /** Counts them, and looks for the oldest when their number has changed. */
    void look() {
        count = withChannel(channel -> {
            var now = channel.messageCount(MessagingNames.DEAD);
            if (now == 0) {
                oldest = null;
            } else if (now != count || oldest == null) {
                // The broker counts each look as a redelivery, so the message is looked at only when something has
                // changed.
                var first = channel.basicGet(MessagingNames.DEAD, false);
                oldest = first == null ? null : new LaidAside(first, json).since();
                if (first != null) {
                    GivenBack.stays(channel, MessagingNames.DEAD, first);
                }
            }
            return now;
        });
    }

    Map<String, Object> summary() {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("count", count);
        var since = oldest;
        if (count > 0 && since != null) {
            summary.put("oldest", since.toString());
            summary.put(
                    "oldest_for",
                    Duration.between(since, clock.instant())
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
        }
        return summary;
    }

    /** The first of them, without bodies. */
    public List<DeadMessage> list(int limit) {
        return withChannel(channel -> {
            var list = new ArrayList<DeadMessage>();
            // No more than there are now: messages that are laid aside again meanwhile would be read again.
            for (var left = Math.min(limit, channel.messageCount(MessagingNames.DEAD)); left > 0; left--) {
                var found = channel.basicGet(MessagingNames.DEAD, false);
                if (found == null) {
                    break;
                }
                list.add(new LaidAside(found, json).told(false));
                GivenBack.stays(channel, MessagingNames.DEAD, found);
            }
            return list;
        });
    }

    public Optional<DeadMessage> find(String id) {
        return withChannel(channel -> {
            for (var left = channel.messageCount(MessagingNames.DEAD); left > 0; left--) {
                var found = channel.basicGet(MessagingNames.DEAD, false);
                if (found == null) {
                    break;
                }
                GivenBack.stays(channel, MessagingNames.DEAD, found);
                var message = new LaidAside(found, json);
                if (message.id().equals(id)) {
                    return Optional.of(message.told(true));
                }
            }
            return Optional.empty();
        });
    }

    /**
     * Sends them to where they came from, or one of them. Each is confirmed there before it leaves here: who is killed in
     * between leaves it in both places, and handlers do not mind a repetition.
     *
     * @param id null for all that lie there now
     */
    public Redriven redrive(@Nullable String id) {
        return withChannel(channel -> {
            var isReturned = new AtomicBoolean();
            channel.addReturnListener(_ -> isReturned.set(true));
            var sent = 0;
            var left = 0;
            var reasons = new LinkedHashMap<String, String>();
            for (var ahead = channel.messageCount(MessagingNames.DEAD); ahead > 0; ahead--) {
                var found = channel.basicGet(MessagingNames.DEAD, false);
                if (found == null) {
                    break;
                }
                var message = new LaidAside(found, json);
                if (id != null && !message.id().equals(id)) {
                    GivenBack.stays(channel, MessagingNames.DEAD, found);
                    continue;
                }
                isReturned.set(false);
                var refusal = send(channel, message);
                // In this order: a message without a queue is returned before it is confirmed.
                if (refusal.isEmpty() && channel.waitForConfirms(CONFIRM_MS) && !isReturned.get()) {
                    channel.basicAck(found.getEnvelope().getDeliveryTag(), false);
                    sent++;
                } else {
                    left++;
                    if (reasons.size() < MOST_REASONS) {
                        reasons.put(message.id(), refusal.orElse("No queue takes it."));
                    }
                    GivenBack.stays(channel, MessagingNames.DEAD, found);
                }
                if (id != null) {
                    break;
                }
            }
            return new Redriven(sent, left, reasons);
        });
    }

    /** Why it can not be sent. */
    private Optional<String> send(Channel channel, LaidAside message) throws IOException {
        var headers = message.ownHeaders();
        if (headers.containsKey(FlowHeaders.TASK_ID)) {
            return switch (route.of(headers)) {
                case FlowMessageRoute.Way.Nowhere(var reason) -> Optional.of(reason);
                case FlowMessageRoute.Way.To(var queue, var renewed) -> {
                    channel.basicPublish("", queue, true, message.properties(renewed), message.body());
                    yield Optional.empty();
                }
            };
        }
        var properties = message.properties(headers);
        var queue = message.queue();
        if (!queue.isEmpty()) {
            channel.basicPublish("", queue, true, properties, message.body());
        } else {
            // An older release has not stored where it came from: it goes to all receivers, and those who have handled
            // it ignore the repetition.
            var type = message.event().map(DomainEvent::type).orElse("");
            var isCommand = Stream.of(Command.values())
                    .anyMatch(command -> command.wire().equals(type));
            channel.basicPublish(
                    isCommand ? MessagingNames.COMMANDS : MessagingNames.EVENTS,
                    isCommand ? Command.SERVICE : type,
                    true,
                    properties,
                    message.body());
        }
        return Optional.empty();
    }
}
