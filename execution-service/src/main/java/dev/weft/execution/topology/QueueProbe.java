package dev.weft.execution.topology;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.id.Ids;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Tests what a flow's start needs of the broker: a new queue that accepts a message and delivers it. A broker may serve
 * its old queues and be unable to make new ones, while all connections look well. It uses a connection of its own: a
 * broker short of memory stops reading from a connection that has published.
 */
@Service
class QueueProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** A queue is not deleted in the instant of its declaration. */
    private static final Duration YOUNGEST = Duration.ofSeconds(1);
    /** What a process leaves that dies meanwhile goes by itself. */
    private static final int EXPIRY_MS = 600_000;

    private static final int CLOSE_MS = 1000;

    private final BrokerConnections connections;
    private final Ids ids;
    private volatile @Nullable String trouble;
    private volatile boolean tried;

    QueueProbe(BrokerConnections connections, Ids ids) {
        this.connections = connections;
        this.ids = ids;
    }

    void tryOut() {
        var queue = "weft.probe." + ids.nextHex32();
        Connection connection = null;
        try {
            connection = connections.open("weft-probe");
            var channel = connection.createChannel();
            trouble = attempt(channel, queue).orElse(null);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            trouble = "A new queue can not be tried: " + reason(e);
        } finally {
            if (connection != null) {
                connection.abort(CLOSE_MS);
            }
        }
        tried = true;
    }

    private static String reason(Throwable failure) {
        var cause = failure.getCause() instanceof ShutdownSignalException signal ? signal : failure;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** What went wrong. */
    private static Optional<String> attempt(Channel channel, String queue) throws IOException {
        channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum", "x-expires", EXPIRY_MS));
        var given = new CountDownLatch(1);
        try {
            channel.confirmSelect();
            channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[0]);
            if (!channel.waitForConfirms(PATIENCE.toMillis())) {
                return Optional.of("A new queue does not take a message.");
            }
            channel.basicConsume(queue, true, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(
                        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                    given.countDown();
                }
            });
            if (!given.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of("A new queue does not give its message.");
            }
            LockSupport.parkNanos(YOUNGEST.toNanos());
            channel.queueDelete(queue);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of("A new queue does not take a message.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("The trial was interrupted.");
        }
    }

    boolean hasFailed() {
        return trouble != null;
    }

    boolean isTried() {
        return tried;
    }

    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }
}
