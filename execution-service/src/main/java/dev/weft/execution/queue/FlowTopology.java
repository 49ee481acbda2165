package dev.weft.execution.queue;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.messaging.BrokerConnections;
import dev.weft.execution.plan.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * The queues of runs (engine 2): quorum, at most 75,000 messages or 200 MB and then refusing, dead letters kept safe.
 * All of it may be repeated.
 */
@Service
public class FlowTopology implements SmartLifecycle {

    /** The broker could not be reached, or refused; the call may be repeated. */
    public static final class TopologyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TopologyException(Throwable cause) {
            super("The broker did not do what was asked: " + cause.getMessage(), cause);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_MESSAGES = 75_000;
    private static final int MOST_BYTES = 200 * 1024 * 1024;
    /** Something is wrong with a message that the broker had to take back so often, or with us. */
    private static final int MOST_RETURNS = 20;

    private final BrokerLink link;
    private final AtomicInteger epoch = new AtomicInteger();

    public FlowTopology(BrokerConnections connections) {
        this.link = new BrokerLink(connections, "weft-topology", new BrokerLink.User() {
            @Override
            public void opened(Connection connection) throws IOException {
                epoch.incrementAndGet();
                declareShared(connection);
            }

            @Override
            public void lost() {
                // Whoever asks next is told.
            }
        });
    }

    /** What all runs share: the dead letters, and the way back from a wait. */
    private static void declareShared(Connection connection) throws IOException {
        var channel = connection.createChannel();
        channel.queueDeclare(FlowNames.DEAD_LETTERS, true, false, false, Map.of("x-queue-type", "quorum"));
        channel.exchangeDeclare(ReturnRoute.LOST, "fanout", true);
        channel.queueBind(FlowNames.DEAD_LETTERS, ReturnRoute.LOST, "");
        channel.exchangeDeclare(
                ReturnRoute.EXCHANGE, "direct", true, false, Map.of("alternate-exchange", ReturnRoute.LOST));
        close(channel);
    }

    /** Moves with each new connection: what was declared under another may be gone. */
    public int epoch() {
        return epoch.get();
    }

    /** Declares what is missing of a run's queues. */
    public void declare(Plan plan) {
        with(channel -> {
            for (var queue : plan.queues()) {
                declare(channel, queue.name(), queue.replicas(), "", FlowNames.DEAD_LETTERS);
            }
            if (!plan.sailors().isEmpty()) {
                declareSailors(channel, plan);
            }
            return true;
        });
    }

    /**
     * The exchange to which the run's sailors publish, the queue that each takes from, and the way of what it publishes
     * to its step's queue here. Replies bear the key that waits at a gateway; the first sailor's queue takes them all.
     * What has any other key is a dead letter. The exchange goes with the last of these queues.
     */
    private static void declareSailors(Channel channel, Plan plan) throws IOException {
        var exchange = plan.exchange();
        var flow = plan.flow().id();
        var run = plan.runId();
        channel.exchangeDeclare(exchange, "topic", true, true, Map.of("alternate-exchange", ReturnRoute.LOST));
        for (var sailor : plan.sailors().entrySet()) {
            var step = sailor.getKey();
            var queue = sailor.getValue();
            declare(channel, queue.queue(), queue.replicas(), exchange, FlowNames.deadLetterKey(flow, step, run));
            for (var kind : FlowNames.FRAMES) {
                channel.queueBind(plan.queueOf(step), exchange, FlowNames.key(flow, step, run, kind));
            }
            channel.queueBind(plan.queueOf(step), exchange, FlowNames.deadLetterKey(flow, step, run));
        }
        var first = plan.sailors().keySet().iterator().next();
        channel.queueBind(plan.queueOf(first), exchange, FlowNames.replies("#"));
    }

    private static void declare(
            Channel channel, String queue, int replicas, String deadLetterExchange, String deadLetterKey)
            throws IOException {
        var arguments = new HashMap<String, Object>();
        arguments.put("x-queue-type", "quorum");
        arguments.put("x-overflow", "reject-publish");
        arguments.put("x-max-length", MOST_MESSAGES);
        arguments.put("x-max-length-bytes", MOST_BYTES);
        arguments.put("x-delivery-limit", MOST_RETURNS);
        arguments.put("x-dead-letter-exchange", deadLetterExchange);
        arguments.put("x-dead-letter-routing-key", deadLetterKey);
        arguments.put("x-dead-letter-strategy", "at-least-once");
        if (replicas == 1) {
            arguments.put("x-single-active-consumer", true);
        }
        channel.queueDeclare(queue, true, false, false, arguments);
    }

    /** Deletes queues with all that is in them; how many messages that was. */
    public long delete(List<String> queues) {
        return with(channel -> {
            long dropped = 0;
            for (var queue : queues) {
                dropped += channel.queueDelete(queue).getMessageCount();
            }
            return dropped;
        });
    }

    /** Messages that wait in a queue, not counting those that a worker has; none when there is no such queue. */
    public long ready(String queue) {
        return ready(List.of(queue)).getOrDefault(queue, 0L);
    }

    /** The same of several queues, asked on one channel. */
    public Map<String, Long> ready(Collection<String> queues) {
        var ready = new HashMap<String, Long>();
        depths(queues).forEach((queue, depth) -> ready.put(queue, depth.ready()));
        return ready;
    }

    /** What the broker tells of those queues that there are. */
    public Map<String, QueueDepth> depths(Collection<String> queues) {
        var depths = new HashMap<String, QueueDepth>();
        try {
            var connection = link.await(PATIENCE);
            var channel = connection.createChannel();
            for (var queue : queues) {
                try {
                    var declared = channel.queueDeclarePassive(queue);
                    depths.put(queue, new QueueDepth(declared.getMessageCount(), declared.getConsumerCount()));
                } catch (IOException e) {
                    if (!isMissing(e)) {
                        throw e;
                    }
                    // The broker has closed the channel.
                    channel = connection.createChannel();
                }
            }
            close(channel);
            return depths;
        } catch (IOException | AlreadyClosedException | PublishFailure.BrokerGone e) {
            throw new TopologyException(e);
        }
    }

    /** Lets what has waited come back to this queue; without it, it would be a dead letter. */
    public void bindReturn(String queue) {
        with(channel -> channel.queueBind(queue, ReturnRoute.EXCHANGE, queue));
    }

    /** Declares the queue in which a tenant's messages wait for this long. */
    public void declareWait(String name, Duration wait) {
        with(channel -> {
            channel.exchangeDeclare(name, "fanout", true);
            channel.queueDeclare(name, true, false, false, ReturnRoute.waiting(wait));
            return channel.queueBind(name, name, "");
        });
    }

    private interface Work<T> {
        T on(Channel channel) throws IOException;
    }

    private <T> T with(Work<T> work) {
        try {
            var channel = link.await(PATIENCE).createChannel();
            var result = work.on(channel);
            close(channel);
            return result;
        } catch (IOException | AlreadyClosedException | PublishFailure.BrokerGone e) {
            throw new TopologyException(e);
        }
    }

    private static void close(Channel channel) throws IOException {
        try {
            channel.close();
        } catch (TimeoutException e) {
            throw new IOException(e);
        }
    }

    private static boolean isMissing(Exception e) {
        return e.getCause() instanceof ShutdownSignalException signal
                && String.valueOf(signal.getReason()).contains("404");
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
