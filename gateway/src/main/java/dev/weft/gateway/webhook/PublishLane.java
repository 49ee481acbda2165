package dev.weft.gateway.webhook;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import dev.weft.common.flowmessage.FlowHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One channel with confirms. Who publishes gets a future; the broker's confirms, which name single messages or all up to
 * one, complete them. A message that comes back for want of a queue is confirmed too, after its return: it counts as
 * not delivered. At most 2,000 messages are under way. A refusal (nack) says either that the queue is full or that it is
 * sick; which of them only the queue can tell.
 */
final class PublishLane implements ConfirmListener {

    private static final int UNDER_WAY = 2000;
    private static final long WAIT_FOR_ROOM_MS = 2000;

    /** A message under way. */
    final class Pending {
        private final String messageId;
        private final long number;
        private final CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
        private volatile boolean returned;

        private Pending(String messageId, long number) {
            this.messageId = messageId;
            this.number = number;
        }

        /** @throws TimeoutException when the broker has said nothing */
        PublishOutcome await(Duration longest) throws InterruptedException, TimeoutException {
            try {
                return outcome.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }

        /** Nobody waits any more. It must not hold the room of others: a sick queue would close the door to all flows. */
        PublishOutcome giveUp() {
            settle(number, PublishOutcome.LATE);
            return outcome.getNow(PublishOutcome.LATE);
        }
    }

    private final Channel channel;
    private final ConcurrentHashMap<Long, Pending> pending = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(UNDER_WAY);
    /** A sequence number must belong to the message that is written next. */
    private final ReentrantLock order = new ReentrantLock();
    /** All up to this one are settled; touched by the connection's reader alone. */
    private long settled;

    private PublishLane(Channel channel) {
        this.channel = channel;
    }

    static PublishLane open(Connection connection, Runnable closed) throws IOException {
        var channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("The broker gives no more channels.");
        }
        channel.confirmSelect();
        var lane = new PublishLane(channel);
        channel.addConfirmListener(lane);
        channel.addReturnListener(lane::returned);
        channel.addShutdownListener(_ -> {
            lane.failAll();
            closed.run();
        });
        return lane;
    }

    /** Publishes to a queue through the default exchange, mandatory; empty when too much is under way. */
    Optional<Pending> publish(String queue, String messageId, AMQP.BasicProperties properties, byte[] body)
            throws InterruptedException {
        if (!room.tryAcquire(WAIT_FOR_ROOM_MS, TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        order.lock();
        try {
            var number = channel.getNextPublishSeqNo();
            var message = new Pending(messageId, number);
            pending.put(number, message);
            try {
                channel.basicPublish("", queue, true, properties, body);
            } catch (IOException | AlreadyClosedException e) {
                settle(number, PublishOutcome.UNKNOWN);
            }
            return Optional.of(message);
        } finally {
            order.unlock();
        }
    }

    @Override
    public void handleAck(long number, boolean multiple) {
        settle(number, multiple, PublishOutcome.ACCEPTED);
    }

    @Override
    public void handleNack(long number, boolean multiple) {
        settle(number, multiple, PublishOutcome.REFUSED);
    }

    private void settle(long number, boolean multiple, PublishOutcome outcome) {
        if (multiple) {
            for (var each = settled + 1; each <= number; each++) {
                settle(each, outcome);
            }
            settled = number;
        } else {
            settle(number, outcome);
            if (number == settled + 1) {
                settled = number;
            }
        }
    }

    private void settle(long number, PublishOutcome outcome) {
        var message = pending.remove(number);
        if (message != null) {
            room.release();
            message.outcome.complete(
                    message.returned && outcome == PublishOutcome.ACCEPTED ? PublishOutcome.UNROUTABLE : outcome);
        }
    }

    /** Rare, so a look at all under way is cheap enough. */
    private void returned(Return message) {
        var id = String.valueOf(message.getProperties().getHeaders().get(FlowHeaders.MESSAGE_ID));
        for (var each : pending.values()) {
            if (each.messageId.equals(id)) {
                each.returned = true;
            }
        }
    }

    private void failAll() {
        pending.keySet().forEach(number -> settle(number, PublishOutcome.UNKNOWN));
    }
}
