package dev.weft.execution.queue;

import com.rabbitmq.client.Connection;
import dev.weft.common.messaging.BrokerConnections;
import dev.weft.execution.pace.GrowingPause;
import dev.weft.execution.pace.RareLines;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one connection: when it is lost its user is told, and told again when there is a new one. */
final class BrokerLink {

    private static final Logger log = LoggerFactory.getLogger(BrokerLink.class);
    /** A connection that has lived for so long is no sign of a broker that lets none live. */
    private static final Duration WELL = Duration.ofSeconds(10);

    /** Who works with the connection. */
    interface User {

        /** Runs before anyone else gets the connection. */
        void opened(Connection connection) throws IOException;

        void lost();
    }

    private final BrokerConnections connections;
    private final String name;
    private final User user;
    private final GrowingPause pauses = new GrowingPause(Duration.ofMillis(300), Duration.ofSeconds(5));
    private final RareLines lines = new RareLines(log);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile CompletableFuture<Connection> current = new CompletableFuture<>();
    private volatile @Nullable Thread keeper;
    /** The keeper's alone. */
    private boolean waiting = true;

    BrokerLink(BrokerConnections connections, String name, User user) {
        this.connections = connections;
        this.name = name;
        this.user = user;
    }

    void start() {
        keeper = Thread.ofVirtual().name(name).start(this::keep);
    }

    private void keep() {
        while (!isStopping()) {
            var opened = System.nanoTime();
            try (var connection = connections.open(name)) {
                var gone = new CountDownLatch(1);
                connection.addShutdownListener(_ -> gone.countDown());
                user.opened(connection);
                current.complete(connection);
                if (waiting) {
                    waiting = false;
                    log.info("{} is connected to the broker", name);
                }
                while (!gone.await(200, TimeUnit.MILLISECONDS) && !isStopping()) {}
            } catch (IOException | TimeoutException | RuntimeException | Error e) {
                // Errors too, such as for want of threads: a link without its keeper would be lost for good.
                waiting = true;
                lines.warn("Waits for the broker", name, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (current.isDone()) {
                if (!isStopping()) {
                    waiting = true;
                    lines.warn("Has lost the broker", name);
                }
                current = new CompletableFuture<>();
            }
            tellOfLoss();
            if (System.nanoTime() - opened > WELL.toNanos()) {
                pauses.reset();
            }
            if (pause()) {
                return;
            }
        }
    }

    private void tellOfLoss() {
        try {
            user.lost();
        } catch (RuntimeException | Error e) {
            log.error("The user of {} met a fault at the loss of its connection", name, e);
        }
    }

    /** The connection, if there is one within the time. */
    Connection await(Duration patience) {
        try {
            return current.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishFailure.BrokerGone();
        } catch (ExecutionException | TimeoutException e) {
            throw new PublishFailure.BrokerGone();
        }
    }

    @Nullable
    Connection find() {
        return current.getNow(null);
    }

    void stop() {
        stopping.countDown();
        var thread = keeper;
        if (thread != null) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean isRunning() {
        return keeper != null && !isStopping();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private boolean pause() {
        try {
            return stopping.await(pauses.next().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
