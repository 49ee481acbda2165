package dev.weft.execution.queue;

import com.rabbitmq.client.Connection;
import dev.weft.common.messaging.BrokerConnections;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.metrics.EngineMetrics.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/** Several channels on one connection; messages to one queue always take the same, which keeps their order. */
@Service
public class RabbitFlowPublisher implements FlowPublisher, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RabbitFlowPublisher.class);
    private static final int CHANNELS = 4;
    /** Longer than a queue takes to elect another leader. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final BrokerLink link;
    private final EngineMetrics metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile List<ConfirmChannel> channels = List.of();

    public RabbitFlowPublisher(BrokerConnections connections, EngineMetrics metrics) {
        this.metrics = metrics;
        metrics.unconfirmed(
                () -> channels.stream().mapToInt(ConfirmChannel::unconfirmed).sum());
        this.link = new BrokerLink(connections, "weft-flow-publisher", new BrokerLink.User() {
            @Override
            public void opened(Connection connection) throws IOException {
                open(connection);
            }

            @Override
            public void lost() {
                forget();
            }
        });
    }

    @Override
    public CompletableFuture<Void> publish(FlowFrame frame) {
        var open = channels;
        if (open.isEmpty()) {
            metrics.published(Answer.LOST, 0);
            return CompletableFuture.failedFuture(new PublishFailure.BrokerGone());
        }
        return open.get(Math.floorMod(frame.key().hashCode(), open.size())).publish(frame);
    }

    private void open(Connection connection) throws IOException {
        var fresh = new ArrayList<ConfirmChannel>();
        for (var i = 0; i < CHANNELS; i++) {
            fresh.add(new ConfirmChannel(connection, metrics, () -> Thread.startVirtualThread(connection::abort)));
        }
        channels = List.copyOf(fresh);
    }

    private void forget() {
        var lost = channels;
        channels = List.of();
        lost.forEach(ConfirmChannel::lost);
    }

    private void watch() {
        try {
            while (!stopping.await(2, TimeUnit.SECONDS)) {
                giveUpUnanswered();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveUpUnanswered() {
        try {
            channels.forEach(channel -> channel.giveUp(LONGEST_WAIT.toNanos()));
        } catch (RuntimeException | Error e) {
            // The next look comes: without any, what is never answered would wait for ever.
            log.error("Publishes without an answer can not be given up yet", e);
        }
    }

    @Override
    public void start() {
        link.start();
        Thread.ofVirtual().name("weft-flow-publisher-watch").start(this::watch);
    }

    @Override
    public void stop() {
        stopping.countDown();
        link.stop();
    }

    @Override
    public boolean isRunning() {
        return link.isRunning();
    }

    @Override
    public int getPhase() {
        return EnginePhase.PUBLISHING;
    }
}
