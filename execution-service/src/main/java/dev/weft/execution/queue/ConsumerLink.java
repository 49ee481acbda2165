package dev.weft.execution.queue;

import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerLink;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One broker connection and its subscriptions. On each new connection all of them are opened again, several at a time.
 */
final class ConsumerLink implements BrokerLink.User {

    private static final Logger log = LoggerFactory.getLogger(ConsumerLink.class);
    private static final int AT_A_TIME = 64;
    private static final long LONGEST_WAIT_S = 60;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Set<QueueSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final Semaphore openers = new Semaphore(AT_A_TIME);
    private final BrokerLink link;
    private volatile @Nullable Connection current;

    ConsumerLink(BrokerConnections connections, String name) {
        this.link = new BrokerLink(connections, name, this);
    }

    void start() {
        link.start();
    }

    void stop() {
        link.stop();
    }

    int size() {
        return subscriptions.size();
    }

    boolean isConnected() {
        return current != null;
    }

    Stream<QueueTrouble> troubles() {
        return subscriptions.stream().map(QueueSubscription::trouble).flatMap(Optional::stream);
    }

    void add(QueueSubscription subscription) {
        subscriptions.add(subscription);
        open(subscription);
    }

    void remove(QueueSubscription subscription) {
        subscriptions.remove(subscription);
    }

    /** Set before the subscriptions are looked at, so that one being added now is opened here or there. */
    @Override
    public void opened(Connection connection, Runnable end) {
        current = connection;
        subscriptions.forEach(subscription -> open(subscription, connection));
    }

    @Override
    public void lost(String why) {
        current = null;
    }

    Stream<String> missing(Duration time) {
        return subscriptions.stream()
                .filter(subscription -> subscription.isMissing(time))
                .map(QueueSubscription::queue);
    }

    void tryAgain(Set<String> queues) {
        subscriptions.stream()
                .filter(subscription -> queues.contains(subscription.queue()))
                .forEach(this::open);
    }

    void openLater(QueueSubscription subscription, Duration pause) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> open(subscription));
    }

    private void open(QueueSubscription subscription) {
        var connection = current;
        if (connection != null) {
            open(subscription, connection);
        }
    }

    /** False when those before it take too long. */
    private boolean mayOpen() {
        try {
            return openers.tryAcquire(LONGEST_WAIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void open(QueueSubscription subscription, Connection connection) {
        try {
            Thread.startVirtualThread(() -> openInTurn(subscription, connection));
        } catch (OutOfMemoryError e) {
            failed(subscription, e);
        }
    }

    private void openInTurn(QueueSubscription subscription, Connection connection) {
        if (!mayOpen()) {
            openLater(subscription, RETRY);
            return;
        }
        try {
            subscription.open(connection);
        } catch (RuntimeException | Error e) {
            failed(subscription, e);
        } finally {
            openers.release();
        }
    }

    /** Else nobody would take from its queue any more, without a word. */
    private void failed(QueueSubscription subscription, Throwable cause) {
        log.error("The queue {} can not be taken from yet", subscription.queue(), cause);
        openLater(subscription, RETRY);
    }
}
