package dev.weft.gateway.webhook;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weft.common.messaging.BrokerConnections;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The door's connection to the broker: several lanes to publish on, and the queue of replies. It comes back by itself
 * when it was lost, with growing pauses; until then, and while the broker or a queue of it takes nothing, publishing fails
 * at once.
 */
final class DoorBroker implements SmartLifecycle, BlockedListener {

    private static final Logger log = LoggerFactory.getLogger(DoorBroker.class);
    private static final int LANES = 4;
    /** A queue that says nothing for so long gets no more until it does. */
    private static final Duration SUSPICIOUS = Duration.ofSeconds(3);

    private static final Duration CONFIRM = Duration.ofSeconds(10);

    private final BrokerConnections connections;
    private final ReplyPlaces places;
    private final QueueTroubles troubles;
    private final AtomicInteger turn = new AtomicInteger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Seldom told = new Seldom();
    private volatile Link link = Link.none("The door has not been connected to the broker yet.");
    private volatile String blocked = "";
    private volatile @Nullable Thread keeper;

    /** What there is of a connection; without lanes {@code why} says why. */
    private record Link(List<PublishLane> lanes, DoorQueueProbe probe, String why) {

        static Link none(String why) {
            return new Link(List.of(), _ -> PublishOutcome.REFUSED, why);
        }
    }

    DoorBroker(BrokerConnections connections, ReplyPlaces places, QueueTroubles troubles) {
        this.connections = connections;
        this.places = places;
        this.troubles = troubles;
    }

    /** Returns when the broker has the message, or when it is clear that it has not; the thread waits meanwhile. */
    PublishOutcome publish(String queue, String messageId, AMQP.BasicProperties properties, byte[] body) {
        var open = link;
        if (open.lanes().isEmpty() || !blocked.isEmpty() || !troubles.mayTry(queue)) {
            return PublishOutcome.UNKNOWN;
        }
        var lane = open.lanes()
                .get(Math.floorMod(turn.getAndIncrement(), open.lanes().size()));
        try {
            var message = lane.publish(queue, messageId, properties, body);
            return message.isEmpty()
                    ? PublishOutcome.UNKNOWN
                    : troubles.note(queue, settled(queue, message.get(), open.probe()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PublishOutcome.UNKNOWN;
        }
    }

    private PublishOutcome settled(String queue, PublishLane.Pending message, DoorQueueProbe probe)
            throws InterruptedException {
        var outcome = awaited(queue, message);
        return outcome == PublishOutcome.REFUSED ? probe.why(queue) : outcome;
    }

    private PublishOutcome awaited(String queue, PublishLane.Pending message) throws InterruptedException {
        try {
            return message.await(SUSPICIOUS);
        } catch (TimeoutException e) {
            troubles.note(queue, PublishOutcome.LATE);
        }
        try {
            return message.await(CONFIRM.minus(SUSPICIOUS));
        } catch (TimeoutException e) {
            return message.giveUp();
        }
    }

    /** Why messages can not be taken; empty when they can. */
    Optional<String> trouble() {
        var open = link;
        if (open.lanes().isEmpty()) {
            return Optional.of(open.why());
        }
        return blocked.isEmpty() ? troubles.summary() : Optional.of("The broker takes no messages: " + blocked);
    }

    boolean isConnected() {
        return !link.lanes().isEmpty() && blocked.isEmpty();
    }

    @Override
    public void start() {
        keeper = Thread.ofVirtual().name("door-broker").start(this::keep);
    }

    /** Holds one connection after the other until the process stops. */
    private void keep() {
        var pauses = new DoorPause();
        while (stopping.getCount() > 0) {
            var begun = System.nanoTime();
            var why = "The broker has closed the door's connection.";
            try (var connection = connections.open("gateway door")) {
                var gone = new CountDownLatch(1);
                connection.addShutdownListener(_ -> gone.countDown());
                use(connection, gone);
                waitFor(gone);
            } catch (IOException | TimeoutException | ShutdownSignalException e) {
                why = "The door has no connection to the broker: " + e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                link = Link.none(why);
                blocked = "";
            }
            var pause = pauses.after(Duration.ofNanos(System.nanoTime() - begun));
            if (stopping.getCount() > 0 && told.isDue()) {
                log.warn("{} It is tried again, next in {} ms", why, pause.toMillis());
            }
            if (stopsIn(pause)) {
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
        link = new Link(List.copyOf(open), new BrokerQueueProbe(connection), "");
        log.debug("The door is connected to the broker");
    }

    /** True when the process stops meanwhile. */
    private boolean stopsIn(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void handleBlocked(String reason) {
        if (told.isDue()) {
            log.warn("The broker takes no messages: {}", reason);
        }
        blocked = reason;
    }

    @Override
    public void handleUnblocked() {
        blocked = "";
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
