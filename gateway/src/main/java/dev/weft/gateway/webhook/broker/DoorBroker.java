package dev.weft.gateway.webhook.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerLink;
import dev.weft.common.broker.ConfirmChannel;
import dev.weft.common.duty.RareLines;
import dev.weft.gateway.webhook.reply.ReplyPlaces;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes the messages of calls over several channels of one connection; each caller's thread waits for its confirm.
 * The queue of replies ({@link ReplyPlaces}) uses the same connection. Without a connection, and while the broker or a
 * queue accepts nothing, publishing fails at once.
 */
public final class DoorBroker implements SmartLifecycle, BrokerLink.User, BlockedListener {

    /** The result of a publish. */
    public enum PublishOutcome {
        /** Durable in its queue. */
        ACCEPTED,
        /** The queue is at its limit. */
        FULL,
        /** There is no such queue. */
        UNROUTABLE,
        /** The broker will not have it, though the queue is not at its limit: something is wrong with the queue. */
        REFUSED,
        /** The broker has said nothing in time: the message may be there or not. */
        LATE,
        /** No connection, or it was lost before the broker said anything: the message may be there or not. */
        UNKNOWN
    }

    private static final Logger log = LoggerFactory.getLogger(DoorBroker.class);
    private static final int CHANNELS = 4;
    /** On each channel. */
    private static final int UNDER_WAY = 2000;

    private static final Duration WAIT_FOR_ROOM = Duration.ofSeconds(2);
    /** A queue that says nothing for so long gets no more until it does. */
    private static final Duration SUSPICIOUS = Duration.ofSeconds(3);

    private static final Duration CONFIRM = Duration.ofSeconds(10);

    private final BrokerLink link;
    private final ReplyPlaces places;
    private final QueueTroubles troubles;
    private final AtomicInteger turn = new AtomicInteger();
    private final RareLines lines = new RareLines(log);
    private volatile Open open = Open.none("The door has not been connected to the broker yet.");
    private volatile String blocked = "";

    /** The state of the connection; without channels {@code why} says why there are none. */
    private record Open(List<ConfirmChannel> channels, DoorQueueProbe probe, String why) {

        static Open none(String why) {
            return new Open(List.of(), _ -> PublishOutcome.REFUSED, why);
        }
    }

    DoorBroker(BrokerConnections connections, ReplyPlaces places, QueueTroubles troubles) {
        this.link = new BrokerLink(connections, "gateway door", this);
        this.places = places;
        this.troubles = troubles;
    }

    /** Returns when the broker has the message, or when it is clear that it has not; the thread waits meanwhile. */
    public PublishOutcome publish(String queue, AMQP.BasicProperties.Builder properties, byte[] body) {
        // Read once: the connection may be lost meanwhile, and channels and probe belong together.
        var now = open;
        if (now.channels().isEmpty() || !blocked.isEmpty() || !troubles.mayTry(queue)) {
            return PublishOutcome.UNKNOWN;
        }
        var channel = now.channels()
                // The counter overflows to negative after 2^31 calls, where % would give a negative index.
                .get(Math.floorMod(turn.getAndIncrement(), now.channels().size()));
        var outcome = new CompletableFuture<PublishOutcome>();
        var message = channel.publish("", queue, properties, body, (answer, _) -> outcome.complete(outcome(answer)));
        try {
            var awaited = await(queue, message, outcome);
            return troubles.note(
                    queue, awaited == PublishOutcome.REFUSED ? now.probe().why(queue) : awaited);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            message.giveUp();
            return PublishOutcome.UNKNOWN;
        }
    }

    /** A refusal says either that the queue is full or that it is sick; which of them only the queue can tell. */
    private static PublishOutcome outcome(ConfirmChannel.Answer answer) {
        return switch (answer) {
            case CONFIRMED -> PublishOutcome.ACCEPTED;
            case RETURNED -> PublishOutcome.UNROUTABLE;
            case REFUSED -> PublishOutcome.REFUSED;
            case LATE -> PublishOutcome.LATE;
            case LOST, CROWDED -> PublishOutcome.UNKNOWN;
        };
    }

    private PublishOutcome await(
            String queue, ConfirmChannel.Published message, CompletableFuture<PublishOutcome> outcome)
            throws InterruptedException {
        try {
            return within(SUSPICIOUS, outcome);
        } catch (TimeoutException e) {
            troubles.note(queue, PublishOutcome.LATE);
        }
        try {
            return within(CONFIRM.minus(SUSPICIOUS), outcome);
        } catch (TimeoutException e) {
            // A message that waits too long gives its room back: otherwise a sick queue would close the door to all
            // flows.
            message.giveUp();
            return outcome.getNow(PublishOutcome.LATE);
        }
    }

    private static PublishOutcome within(Duration longest, CompletableFuture<PublishOutcome> outcome)
            throws InterruptedException, TimeoutException {
        try {
            return outcome.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Why messages can not be taken; empty when they can. */
    Optional<String> trouble() {
        var now = open;
        if (now.channels().isEmpty()) {
            return Optional.of(now.why());
        }
        return blocked.isEmpty() ? troubles.summary() : Optional.of("The broker takes no messages: " + blocked);
    }

    public boolean isConnected() {
        return !open.channels().isEmpty() && blocked.isEmpty();
    }

    /** A channel that the broker closes is as good as a lost connection. */
    @Override
    public void opened(Connection connection, Runnable end) throws IOException {
        connection.addBlockedListener(this);
        // The reply queue is consumed before anything can be published; otherwise the first replies would find no
        // queue.
        places.listen(connection, end);
        var channels = new ArrayList<ConfirmChannel>();
        for (var i = 0; i < CHANNELS; i++) {
            channels.add(ConfirmChannel.open(connection, UNDER_WAY, WAIT_FOR_ROOM, end));
        }
        open = new Open(List.copyOf(channels), new BrokerQueueProbe(connection), "");
    }

    @Override
    public void lost(String why) {
        open = Open.none(why);
        // The next connection will be told whether the broker is blocked; this one hears nothing any more.
        blocked = "";
    }

    @Override
    public void handleBlocked(String reason) {
        lines.warn("The broker takes no messages", reason);
        blocked = reason.isEmpty() ? "it is short of something" : reason;
    }

    @Override
    public void handleUnblocked() {
        blocked = "";
    }

    @Override
    public void start() {
        link.start();
    }

    @Override
    public void stop() {
        link.stop();
    }

    @Override
    public boolean isRunning() {
        return link.isRunning();
    }

    /** Before the web server at start, after it at the end: calls under way are still answered. */
    @Override
    public int getPhase() {
        return 0;
    }
}
