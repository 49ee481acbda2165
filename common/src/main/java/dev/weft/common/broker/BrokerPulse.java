package dev.weft.common.broker;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the broker really works for this process: it opens a channel and accepts a message. An open connection does
 * not prove that. It is tried every few seconds on a connection of its own, so that {@code health} is answered at once
 * even while the broker answers nothing.
 */
public final class BrokerPulse implements BlockedListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BrokerPulse.class);

    public static final Duration PERIOD = Duration.ofSeconds(5);
    /** What a beat may take before it counts as one that fails. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    private static final int CLOSE_MS = 1000;
    /** No queue has this name: the default exchange takes the message, and nobody gets it. */
    private static final String NOBODY = "weft.pulse";

    private final BrokerConnections connections;
    /** One beat at a time: one that hangs may be given up by the duty, and the next begins. */
    private final ReentrantLock beating = new ReentrantLock();

    private volatile @Nullable Connection connection;
    private volatile String blocked = "";
    private volatile @Nullable String failure;
    /** When the beat under way began; 0 while there is none. */
    private volatile long begun;

    private long toldAt;
    private boolean isTold;

    public BrokerPulse(BrokerConnections connections) {
        this.connections = connections;
    }

    public void beat() {
        if (isBlocked() || !beating.tryLock()) {
            return;
        }
        // Never 0, which means that no beat is under way.
        begun = System.nanoTime() | 1;
        try {
            attempt();
            failure = null;
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            failure = "The broker can not be used: " + reason(e);
            forget();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "The broker does not answer.";
            forget();
        } catch (RuntimeException | Error e) {
            // Otherwise the result of the beat before would go on being reported.
            failure = "The broker can not be tried: " + reason(e);
            throw e;
        } finally {
            begun = 0;
            beating.unlock();
        }
        tell();
    }

    /** On a channel of its own each time: what a channel was once allowed, it may do for a while after that has ended. */
    private void attempt() throws IOException, TimeoutException, InterruptedException {
        var channel = open().createChannel();
        if (channel == null) {
            throw new IOException("there are no more channels");
        }
        try {
            channel.confirmSelect();
            // A message without a body: its header alone lets the broker report that it accepts no messages.
            channel.basicPublish("", NOBODY, MessageProperties.MINIMAL_BASIC, new byte[0]);
            if (!channel.waitForConfirms(PATIENCE.toMillis())) {
                throw new IOException("it refuses a message");
            }
        } finally {
            // Closed on another thread, since the broker does not answer a close while it accepts no messages.
            Thread.startVirtualThread(() -> close(channel));
        }
    }

    private Connection open() throws IOException, TimeoutException {
        var known = connection;
        if (known != null && known.isOpen()) {
            return known;
        }
        var fresh = connections.open("pulse");
        fresh.addBlockedListener(this);
        // A connection that has ended would never report that messages are accepted again.
        fresh.addShutdownListener(_ -> blocked = "");
        connection = fresh;
        return fresh;
    }

    private static void close(Channel channel) {
        try {
            channel.abort();
        } catch (IOException | ShutdownSignalException e) {
            // The channel is closed nevertheless.
            log.debug("A channel ended while it was closed: {}", e.toString());
        }
    }

    private void forget() {
        var known = connection;
        connection = null;
        blocked = "";
        if (known != null) {
            known.abort(CLOSE_MS);
        }
    }

    private static String reason(Throwable failure) {
        var cause = failure.getCause() instanceof ShutdownSignalException signal ? signal : failure;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Why the broker can not be used; empty when it can. */
    public Optional<String> trouble() {
        if (isBlocked()) {
            return Optional.of("The broker takes no messages: " + blocked);
        }
        var since = begun;
        if (since != 0 && System.nanoTime() - since > PATIENCE.toNanos()) {
            return Optional.of("The broker does not answer.");
        }
        return Optional.ofNullable(failure);
    }

    /** Whether the broker takes no messages, since it is short of memory or disk; all else it does. */
    public boolean isBlocked() {
        return !blocked.isEmpty();
    }

    @Override
    public void handleBlocked(String reason) {
        // Logged by another thread: the client's thread reads the connection, and must not wait for a lock.
        blocked = reason.isEmpty() ? "it is short of something" : reason;
        Thread.startVirtualThread(this::tell);
    }

    @Override
    public void handleUnblocked() {
        blocked = "";
        Thread.startVirtualThread(this::tell);
    }

    /** A line when it begins, one a minute while it lasts, and one when it is over. */
    private synchronized void tell() {
        var trouble = trouble();
        var now = System.nanoTime();
        if (trouble.isEmpty() && isTold) {
            isTold = false;
            log.info("The broker can be used again");
        } else if (trouble.isPresent() && (!isTold || now - toldAt > BETWEEN_LINES.toNanos())) {
            isTold = true;
            toldAt = now;
            log.warn("{}", trouble.get());
        }
    }

    @Override
    public void close() {
        forget();
    }
}
