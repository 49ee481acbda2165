package dev.weft.gateway.webhook;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weft.common.messaging.BrokerConnections;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The door's connection to the broker: several lanes to publish on, and the queue of replies. It comes back by itself
 * when it was lost; until then, and while the broker takes nothing, publishing fails at once.
 */
final class DoorBroker implements SmartLifecycle, BlockedListener {

    private static final Logger log = LoggerFactory.getLogger(DoorBroker.class);
    private static final int LANES = 4;
    private static final long CONFIRM_SECONDS = 10;

    private final BrokerConnections connections;
    private final ReplyPlaces places;
    private final AtomicInteger turn = new AtomicInteger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile List<PublishLane> lanes = List.of();
    private volatile boolean blocked;
    private volatile @Nullable Thread keeper;

    DoorBroker(BrokerConnections connections, ReplyPlaces places) {
        this.connections = connections;
        this.places = places;
    }

    /** Returns when the broker has the message, or when it is clear that it has not; the thread waits meanwhile. */
    PublishOutcome publish(String queue, String messageId, AMQP.BasicProperties properties, byte[] body) {
        var open = lanes;
        if (open.isEmpty() || blocked) {
            return PublishOutcome.UNKNOWN;
        }
        var lane = open.get(Math.floorMod(turn.getAndIncrement(), open.size()));
        try {
            return waitFor(lane.publish(queue, messageId, properties, body));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PublishOutcome.UNKNOWN;
        }
    }

    private static PublishOutcome waitFor(CompletableFuture<PublishOutcome> outcome) throws InterruptedException {
        try {
            return outcome.get(CONFIRM_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            log.warn("The broker has not confirmed a message in {} s", CONFIRM_SECONDS);
            return PublishOutcome.UNKNOWN;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    boolean isConnected() {
        return !lanes.isEmpty() && !blocked;
    }

    @Override
    public void start() {
        keeper = Thread.ofVirtual().name("door-broker").start(this::keep);
    }

    /** Holds one connection after the other until the process stops. */
    private void keep() {
        while (stopping.getCount() > 0) {
            try (var connection = connections.open("gateway door")) {
                var gone = new CountDownLatch(1);
                connection.addShutdownListener(_ -> gone.countDown());
                use(connection, gone);
                waitFor(gone);
            } catch (IOException | TimeoutException | ShutdownSignalException e) {
                log.debug("The door waits for the broker: {}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                lanes = List.of();
                blocked = false;
            }
            if (pause()) {
                return;
            }
        }
    }

    private void waitFor(CountDownLatch gone) throws InterruptedException {
        while (!gone.await(1, TimeUnit.SECONDS)) {
            if (stopping.getCount() == 0) {
                return;
            }
        }
    }

    /** A channel that the broker closes is as good as a lost connection. */
    private void use(Connection connection, CountDownLatch gone) throws IOException {
        connection.addBlockedListener(this);
        places.listen(connection);
        var open = new ArrayList<PublishLane>();
        for (var i = 0; i < LANES; i++) {
            open.add(PublishLane.open(connection, gone::countDown));
        }
        lanes = List.copyOf(open);
        log.info("The door is connected to the broker");
    }

    /** A moment before the next attempt; true when the process stops meanwhile. */
    private boolean pause() {
        try {
            return stopping.await(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void handleBlocked(String reason) {
        log.warn("The broker takes no messages: {}", reason);
        blocked = true;
    }

    @Override
    public void handleUnblocked() {
        blocked = false;
    }

    @Override
    public void stop() {
        stopping.countDown();
    }

    @Override
    public boolean isRunning() {
        return keeper != null && stopping.getCount() > 0;
    }

    /** Before the web server at start, after it at the end: calls under way are still answered. */
    @Override
    public int getPhase() {
        return 0;
    }
}
