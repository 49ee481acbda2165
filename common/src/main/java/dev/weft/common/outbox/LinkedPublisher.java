package dev.weft.common.outbox;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerLink;
import dev.weft.common.broker.ConfirmChannel;
import dev.weft.common.event.Outgoing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes facts over a connection of its own, for a process that has no other to do so with and no store that they could
 * wait in: the gateway. Here a fact must have a queue.
 */
public final class LinkedPublisher implements SmartLifecycle, BrokerLink.User {

    private static final int UNDER_WAY = 100;
    private static final int PERSISTENT = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration CONFIRM = Duration.ofSeconds(5);

    private final BrokerLink link;
    private volatile @Nullable ConfirmChannel channel;

    public LinkedPublisher(BrokerConnections connections, String name) {
        this.link = new BrokerLink(connections, name, this);
    }

    /** Returns when the broker has it in a queue; after an exception it may or may not. */
    public void publish(Outgoing message) {
        var open = channel;
        if (open == null) {
            throw new AmqpException("There is no connection to the broker.");
        }
        var properties = new BasicProperties.Builder()
                .contentType("application/json")
                .messageId(message.id())
                .deliveryMode(PERSISTENT);
        var body = message.body().getBytes(StandardCharsets.UTF_8);
        var outcome = new CompletableFuture<ConfirmChannel.Answer>();
        var published = open.publish(
                message.exchange(), message.key(), properties, body, (answer, _) -> outcome.complete(answer));
        try {
            var answer = outcome.get(CONFIRM.toMillis(), TimeUnit.MILLISECONDS);
            if (answer != ConfirmChannel.Answer.CONFIRMED) {
                throw new AmqpException("The broker has not taken a message: " + answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            published.giveUp();
            throw new AmqpException("Interrupted while waiting for the broker.", e);
        } catch (ExecutionException | TimeoutException e) {
            published.giveUp();
            throw new AmqpException("The broker did not confirm a message.", e);
        }
    }

    @Override
    public void opened(Connection connection, Runnable end) throws IOException {
        channel = ConfirmChannel.open(connection, UNDER_WAY, PATIENCE, end);
    }

    @Override
    public void lost(String why) {
        channel = null;
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

    /** Before the web server at start, after it at the end. */
    @Override
    public int getPhase() {
        return 0;
    }
}
