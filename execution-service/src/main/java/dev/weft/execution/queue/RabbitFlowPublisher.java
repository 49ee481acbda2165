package dev.weft.execution.queue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerLink;
import dev.weft.common.broker.ConfirmChannel;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.budget.BacklogRoom;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.metrics.EngineMetrics.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Publishes flow messages with confirms, on several channels of one connection; messages to one queue always take the
 * same channel, which keeps their order. No thread waits for a confirm: it completes the future on the client's thread.
 */
@Service
public class RabbitFlowPublisher implements FlowPublisher, SmartLifecycle {

    private static final int CHANNELS = 4;
    /** On each channel: more than the steps in work bring forth together, but for a splitter gone wild. */
    private static final int UNDER_WAY = 10_000;
    /** Who publishes more than that is refused after it, and its queue rests. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Longer than a queue takes to elect another leader. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final int PERSISTENT = 2;
    private static final int TRANSIENT = 1;

    private final BrokerLink link;
    private final BacklogRoom room;
    private final EngineMetrics metrics;
    private volatile List<ConfirmChannel> channels = List.of();

    public RabbitFlowPublisher(BrokerConnections connections, BacklogRoom room, EngineMetrics metrics) {
        this.room = room;
        this.metrics = metrics;
        metrics.unconfirmed(
                () -> channels.stream().mapToInt(ConfirmChannel::unconfirmed).sum());
        this.link = new BrokerLink(connections, "weft-flow-publisher", user());
    }

    @Override
    public CompletableFuture<Void> publish(FlowFrame frame) {
        // Read once, since another thread empties the list when the connection is lost.
        var open = channels;
        if (open.isEmpty()) {
            metrics.published(Answer.LOST, 0);
            return CompletableFuture.failedFuture(new PublishFailure.BrokerGone());
        }
        if (isStraight(frame) && !room.takes(frame.key())) {
            metrics.published(Answer.REFUSED, 0);
            return CompletableFuture.failedFuture(new PublishFailure.QueueFull(frame.key()));
        }
        var outcome = new CompletableFuture<Void>();
        open.get(Math.floorMod(frame.key().hashCode(), open.size()))
                .publish(
                        frame.exchange(),
                        frame.key(),
                        properties(frame),
                        frame.body(),
                        (answer, nanos) -> settle(outcome, frame, answer, nanos));
        return outcome;
    }

    private static BasicProperties.Builder properties(FlowFrame frame) {
        return new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf8")
                .deliveryMode(frame.durable() ? PERSISTENT : TRANSIENT)
                .headers(frame.headers());
    }

    /** Into a queue that lasts, of which the key is the name. */
    private static boolean isStraight(FlowFrame frame) {
        return frame.durable() && frame.exchange().isEmpty();
    }

    private void settle(CompletableFuture<Void> outcome, FlowFrame frame, ConfirmChannel.Answer answer, long nanos) {
        metrics.published(counted(answer), nanos);
        var key = frame.key();
        switch (answer) {
            case CONFIRMED -> {
                if (isStraight(frame)) {
                    room.sent(key, frame.body().length);
                } else {
                    FlowNames.waitOf(frame.exchange())
                            .ifPresent(wait -> room.comesLater(key, frame.body().length, wait));
                }
                outcome.complete(null);
            }
            case RETURNED -> outcome.completeExceptionally(new PublishFailure.Unroutable(key));
            case REFUSED -> outcome.completeExceptionally(new PublishFailure.QueueFull(key));
            case LATE -> outcome.completeExceptionally(new PublishFailure.Unanswered(key));
            case LOST, CROWDED -> outcome.completeExceptionally(new PublishFailure.BrokerGone());
        }
    }

    private static Answer counted(ConfirmChannel.Answer answer) {
        return switch (answer) {
            case CONFIRMED -> Answer.CONFIRMED;
            case RETURNED -> Answer.RETURNED;
            case REFUSED -> Answer.REFUSED;
            case LATE, LOST, CROWDED -> Answer.LOST;
        };
    }

    private BrokerLink.User user() {
        return new BrokerLink.User() {
            @Override
            public void opened(Connection connection, Runnable end) throws IOException {
                var fresh = new ArrayList<ConfirmChannel>();
                for (var i = 0; i < CHANNELS; i++) {
                    fresh.add(ConfirmChannel.open(connection, UNDER_WAY, PATIENCE, end));
                }
                channels = List.copyOf(fresh);
            }

            @Override
            public void lost(String why) {
                channels = List.of();
            }

            @Override
            public void beat() {
                channels.forEach(channel -> channel.giveUp(LONGEST_WAIT));
            }
        };
    }

    @Override
    public void start() {
        link.start();
    }

    @Override
    public void stop() {
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
