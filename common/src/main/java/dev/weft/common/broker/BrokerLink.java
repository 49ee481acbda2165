package dev.weft.common.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weft.common.duty.GrowingPause;
import dev.weft.common.duty.RareLines;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to the broker open until the process stops. Its user is told when the connection is lost and
 * when there is a new one. The keeper thread survives every fault, since nobody else would open the next connection.
 */
public final class BrokerLink {

    private static final Logger log = LoggerFactory.getLogger(BrokerLink.class);
    /** For all links together: a broker that is away is away for each of them. */
    private static final RareLines LINES = new RareLines(log);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A connection that has lived for so long is no sign of a broker that lets none live. */
    private static final Duration WELL = Duration.ofSeconds(10);

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(3);

    /** The user of the connection. All its methods are called on the link's own thread, which may block. */
    public interface User {

        /**
         * Runs before anyone else gets the connection; an exception ends it, and another is opened.
         *
         * @param end to be run, by any thread, when the connection is of no more use, such as after the loss of a channel
         */
        void opened(Connection connection, Runnable end) throws IOException;

        /** The connection is gone, or there was none; {@code why} is a sentence for operators. */
        void lost(String why);

        /** About once a second while there is a connection. */
        default void beat() {}
    }

    private final BrokerConnections connections;
    private final String name;
    private final User user;
    private final GrowingPause pauses = new GrowingPause(FIRST_PAUSE, LONGEST_PAUSE);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile CompletableFuture<Connection> current = new CompletableFuture<>();
    private volatile CountDownLatch gone = new CountDownLatch(1);
    private volatile @Nullable Thread keeper;
    /** The keeper's alone: it has told that it is not connected. */
    private boolean hasTold;

    /** @param name of the connection at the broker, and of the thread that keeps it */
    public BrokerLink(BrokerConnections connections, String name, User user) {
        this.connections = connections;
        this.name = name;
        this.user = user;
    }

    public void start() {
        keeper = Thread.ofVirtual().name(name).start(this::keep);
    }

    private void keep() {
        while (!isStopping()) {
            var begun = System.nanoTime();
            String why;
            try {
                why = hold();
            } catch (InterruptedException e) {
                // The link ends when it is stopped, not when somebody interrupts its thread by mistake.
                why = "Its keeper was interrupted.";
            } catch (RuntimeException | Error e) {
                // Errors too (such as no memory for a thread): without its keeper the link would be lost for good.
                log.error("The keeper of {} met a fault and goes on", name, e);
                why = "Its keeper met a fault.";
            }
            forget(why);
            if (System.nanoTime() - begun > WELL.toNanos()) {
                pauses.reset();
            }
            pause();
        }
    }

    /** Opens a connection and waits for its end; why there is none any more. */
    private String hold() throws InterruptedException {
        var ended = new CountDownLatch(1);
        // Set before the connection is opened, which may take long: a stop meanwhile must find it.
        gone = ended;
        Connection connection = null;
        try {
            connection = connections.open(name);
            connection.addShutdownListener(_ -> ended.countDown());
            user.opened(connection, ended::countDown);
            current.complete(connection);
            if (hasTold) {
                hasTold = false;
                log.info("{} is connected to the broker again", name);
            }
            while (!isStopping() && !ended.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                beat();
            }
            return "The connection to the broker was lost: " + reason(connection.getCloseReason());
        } catch (IOException | TimeoutException | RuntimeException | Error e) {
            log.debug("{} is not connected", name, e);
            return "There is no connection to the broker: " + reason(e);
        } finally {
            if (connection != null) {
                close(connection);
            }
        }
    }

    private void beat() {
        try {
            user.beat();
        } catch (RuntimeException | Error e) {
            // The connection is still good, and the next beat calls the user again.
            log.error("The user of {} met a fault", name, e);
        }
    }

    /**
     * On a thread of its own: a broker short of memory reads no farewell, and who publishes may hold the connection's
     * lock for as long.
     */
    private void close(Connection connection) throws InterruptedException {
        var closer = Thread.ofVirtual()
                .name(name + "-close")
                .start(() -> connection.abort(Math.toIntExact(CLOSE.toMillis())));
        if (!closer.join(CLOSE.multipliedBy(2))) {
            log.warn("A connection of {} does not end; the broker will see to that", name);
        }
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "it was given up.";
        }
        var cause = failure.getCause() instanceof ShutdownSignalException signal ? signal : failure;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private void forget(String why) {
        if (current.isDone()) {
            current = new CompletableFuture<>();
        }
        if (!isStopping()) {
            hasTold = true;
            LINES.warn(name, why);
        }
        try {
            user.lost(why);
        } catch (RuntimeException | Error e) {
            log.error("The user of {} met a fault at the loss of its connection", name, e);
        }
    }

    /** The connection, if there is one within the time. */
    public Optional<Connection> await(Duration patience) {
        try {
            return Optional.of(current.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    public boolean isConnected() {
        return current.isDone();
    }

    public void stop() {
        stopping.countDown();
        gone.countDown();
        var thread = keeper;
        // A link without a connection has nothing to end; its thread may be waiting for a broker that does not answer.
        if (thread != null && isConnected()) {
            try {
                var _ = thread.join(STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public boolean isRunning() {
        return keeper != null && !isStopping();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause() {
        try {
            var _ = stopping.await(pauses.next().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Interrupted by mistake, as above.
            log.warn("The keeper of {} was interrupted and goes on", name);
        }
    }
}
