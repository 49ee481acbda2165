package dev.weft.common.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends facts and commands while the broker is short of memory or disk. In that state the broker stops reading from
 * every connection that publishes, so even the command that would stop a greedy flow had to wait. But it stops only
 * after the header of a connection's first message. So this sends each message over a connection of its own, with its
 * bytes in a header ({@link EventBody}), which is one frame. Meant for the few messages between services.
 */
public final class AlarmLane {

    /** What a message may have: the broker takes frames of 128 KiB, and other headers are in there too. */
    public static final int MOST_BYTES = 120 * 1024;

    private static final int AT_A_TIME = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CLOSE_MS = 100;
    private static final int PERSISTENT = 2;

    private final BrokerConnections connections;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    public AlarmLane(BrokerConnections connections) {
        this.connections = connections;
    }

    /** @return false when the broker has it, and no queue does */
    public boolean publish(String exchange, String key, String id, byte[] body, Map<String, Object> headers)
            throws IOException, TimeoutException, InterruptedException {
        if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException("too many messages wait for the broker");
        }
        try {
            return publishOn(exchange, key, id, body, headers);
        } catch (IllegalArgumentException | ShutdownSignalException e) {
            // Already the first attempt: the header is larger than a frame.
            throw new IOException(e);
        } finally {
            places.release();
        }
    }

    private boolean publishOn(String exchange, String key, String id, byte[] body, Map<String, Object> headers)
            throws IOException, TimeoutException, InterruptedException {
        var connection = connections.open("alarm");
        try {
            var channel = connection.createChannel();
            if (channel == null) {
                throw new IOException("there are no more channels");
            }
            var returned = new AtomicBoolean();
            channel.addReturnListener(_ -> returned.set(true));
            channel.confirmSelect();
            channel.basicPublish(exchange, key, true, properties(id, body, headers), new byte[0]);
            if (!channel.waitForConfirms(PATIENCE.toMillis())) {
                throw new IOException("the broker refused a message");
            }
            // The broker returns a message without a queue before it confirms it, so that is known by now.
            return !returned.get();
        } finally {
            // Aborted: the broker does not read a close now.
            connection.abort(CLOSE_MS);
        }
    }

    private static AMQP.BasicProperties properties(String id, byte[] body, Map<String, Object> headers) {
        var all = new HashMap<>(headers);
        all.put(EventBody.HEADER, body);
        return new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .messageId(id)
                .deliveryMode(PERSISTENT)
                .headers(all)
                .build();
    }
}
