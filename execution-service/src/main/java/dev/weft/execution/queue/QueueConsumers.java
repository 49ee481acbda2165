package dev.weft.execution.queue;

import dev.weft.common.broker.BrokerConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Consumes from queues: few connections, one channel for each queue. A subscription outlives the loss of the broker,
 * and may be made before the broker or the queue is there.
 */
@Service
public class QueueConsumers implements SmartLifecycle {

    /** The consuming of one queue, until it is closed. */
    public interface Subscription {

        /** Ends the flow of deliveries: none is handed out after this. Those at hand may still be settled. */
        void cancel();

        /** Returns when the broker knows of all that was settled before. */
        void settle();

        /** Gives back what is not settled. */
        void close();
    }

    private static final int CONNECTIONS = 2;
    /** The broker allows 2,047 channels on a connection. */
    private static final int MOST_CHANNELS = 1500;

    private final BrokerConnections connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ConsumerLink> links = new ArrayList<>();
    private boolean running;

    public QueueConsumers(BrokerConnections connections) {
        this.connections = connections;
        for (var i = 0; i < CONNECTIONS; i++) {
            links.add(new ConsumerLink(connections, "weft-flow-consumer-" + i));
        }
    }

    /** @param taker is called in the queue's order and must not block; it settles each delivery once */
    public Subscription subscribe(String queue, int prefetch, Consumer<Delivery> taker) {
        var link = link();
        var subscription = new QueueSubscription(queue, prefetch, taker, link);
        link.add(subscription);
        return subscription;
    }

    /** Queues that can not be taken from though the broker is there, the longest first. */
    public List<QueueTrouble> troubles() {
        lock.lock();
        try {
            return links.stream()
                    .flatMap(ConsumerLink::troubles)
                    // nanoTime values may be negative, and only their differences compare.
                    .sorted(Comparator.comparingLong(trouble -> trouble.since() - System.nanoTime()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Queues that the broker does not have, and has not had for so long. */
    public Set<String> missing(Duration time) {
        lock.lock();
        try {
            return links.stream().flatMap(link -> link.missing(time)).collect(Collectors.toSet());
        } finally {
            lock.unlock();
        }
    }

    /** They are there again: nobody need wait for the next attempt. */
    public void tryAgain(Set<String> queues) {
        lock.lock();
        try {
            links.forEach(link -> link.tryAgain(queues));
        } finally {
            lock.unlock();
        }
    }

    public boolean isConnected() {
        lock.lock();
        try {
            return links.stream().allMatch(ConsumerLink::isConnected);
        } finally {
            lock.unlock();
        }
    }

    private ConsumerLink link() {
        lock.lock();
        try {
            var least = links.stream()
                    .min(Comparator.comparingInt(ConsumerLink::size))
                    .orElseThrow();
            if (least.size() < MOST_CHANNELS) {
                return least;
            }
            var another = new ConsumerLink(connections, "weft-flow-consumer-" + links.size());
            links.add(another);
            if (running) {
                another.start();
            }
            return another;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        lock.lock();
        try {
            running = true;
            links.forEach(ConsumerLink::start);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            running = false;
            links.forEach(ConsumerLink::stop);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return EnginePhase.PUBLISHING;
    }
}
