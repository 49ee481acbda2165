package dev.weft.execution.queue;

import com.rabbitmq.client.Connection;
import dev.weft.common.messaging.BrokerConnections;
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
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** Who works with the connection. */
    interface User {

        /** Runs before anyone else gets the connection. */
        void opened(Connection connection) throws IOException;

        void lost();
    }

    private final BrokerConnections connections;
    private final String name;
    private final User user;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile CompletableFuture<Connection> current = new CompletableFuture<>();
    private volatile @Nullable Thread keeper;
    /** The keeper's alone. */
    private boolean waiting;

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
            try (var connection = connections.open(name)) {
                var gone = new CountDownLatch(1);
                connection.addShutdownListener(_ -> gone.countDown());
                user.opened(connection);
                current.complete(connection);
                waiting = false;
                log.info("{} is connected to the broker", name);
                while (!gone.await(200, TimeUnit.MILLISECONDS) && !isStopping()) {}
            } catch (IOException | TimeoutException | RuntimeException e) {
                tell(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (current.isDone()) {
                if (!isStopping()) {
                    log.warn("{} has lost the broker", name);
                }
                current = new CompletableFuture<>();
            }
            user.lost();
            if (pause()) {
                return;
            }
        }
    }

    /** Once for each time of waiting. */
    private void tell(Exception e) {
        if (!waiting) {
            waiting = true;
            log.warn("{} waits for the broker: {}", name, e.toString());
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
            return stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
