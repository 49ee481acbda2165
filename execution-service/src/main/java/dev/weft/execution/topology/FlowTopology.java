package dev.weft.execution.topology;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerLink;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.EnginePhase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Declares, inspects and deletes the queues of runs (engine 2): quorum queues of at most 75,000 messages or 200 MB,
 * which then refuse publishes. They do not use at-least-once dead-lettering: RabbitMQ 3.10.8 lost the supervisor of it
 * for good when such a queue was deleted right after its declaration, and then could elect no leader for any new queue.
 * So a worker makes the error itself before the broker gives a message up ({@link #LAST_RETURN}). Every call may be
 * repeated.
 */
@Service
public class FlowTopology implements SmartLifecycle {

    /**
     * What the broker says about a queue.
     *
     * @param ready     messages that no consumer has
     * @param consumers over all processes
     */
    public record QueueDepth(long ready, int consumers) {}

    /** The broker could not be reached, or refused; the call may be repeated. */
    public static final class TopologyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private static String said(Throwable cause) {
            var reason = cause.getCause() == null ? cause : cause.getCause();
            return String.valueOf(reason.getMessage());
        }

        TopologyException(Throwable cause) {
            super("The broker did not do what was asked: " + said(cause), cause);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_MESSAGES = 75_000;
    private static final int MOST_BYTES = 200 * 1024 * 1024;
    /**
     * Something is wrong with a message that the broker had to take back so often. Many more than a sick broker or a
     * process that dies again and again has it take back of those that are innocent, which is all that was taken ahead, each
     * time.
     */
    private static final int MOST_RETURNS = 1000;
    /**
     * A message that was taken back so often is not worked on again: what it comes to is written down before the limit.
     */
    public static final int LAST_RETURN = MOST_RETURNS - 1;

    private static final Logger log = LoggerFactory.getLogger(FlowTopology.class);

    private final TopologyChannels channels;
    private final AtomicInteger epoch = new AtomicInteger();

    @Autowired
    public FlowTopology(BrokerConnections connections) {
        this(connections, PATIENCE);
    }

    /** @param patience of whoever asks something of a broker that is away */
    public FlowTopology(BrokerConnections connections, Duration patience) {
        this.channels = new TopologyChannels(connections, patience, new BrokerLink.User() {
            @Override
            public void opened(Connection connection, Runnable end) throws IOException {
                epoch.incrementAndGet();
                declareShared(connection);
            }

            @Override
            public void lost(String why) {
                // Nothing to do: the next caller gets the error.
            }
        });
    }

    /** What all runs share: the dead letters, and the way back from a wait. */
    private static void declareShared(Connection connection) throws IOException {
        var channel = connection.createChannel();
        declareShared(channel);
        channel.abort();
    }

    /** The same again, when some of it is missed. */
    public void declareShared() {
        channels.with(channel -> {
            declareShared(channel);
            return channel;
        });
    }

    private static void declareShared(Channel channel) throws IOException {
        // These queues and exchanges live as long as the installation.
        channel.queueDeclare(FlowNames.DEAD_LETTERS, true, false, false, Map.of("x-queue-type", "quorum"));
        channel.exchangeDeclare(ReturnRoute.LOST, "fanout", true);
        channel.queueBind(FlowNames.DEAD_LETTERS, ReturnRoute.LOST, "");
        channel.exchangeDeclare(
                ReturnRoute.EXCHANGE, "direct", true, false, Map.of("alternate-exchange", ReturnRoute.LOST));
    }

    /** Moves with each new connection: what was declared under another may be gone. */
    public int epoch() {
        return epoch.get();
    }

    /** Declares what is missing of a run's queues. */
    public void declare(Plan plan) {
        for (var queue : plan.queues()) {
            declare(queue.name(), queue.replicas(), "", FlowNames.DEAD_LETTERS);
        }
        if (!plan.sailors().isEmpty()) {
            declareSailors(plan);
        }
    }

    /**
     * The exchange to which the run's sailors publish, the queue that each takes from, and the way of what it publishes
     * to its step's queue here. Replies bear the key that waits at a gateway; the first sailor's queue takes them all.
     * What has any other key is a dead letter. The exchange goes with the last of these queues.
     */
    private void declareSailors(Plan plan) {
        var exchange = plan.exchange();
        var flow = plan.flow().id();
        var run = plan.runId();
        channels.with(channel ->
                channel.exchangeDeclare(exchange, "topic", true, true, Map.of("alternate-exchange", ReturnRoute.LOST)));
        for (var sailor : plan.sailors().entrySet()) {
            var step = sailor.getKey();
            var queue = sailor.getValue();
            declare(queue.queue(), queue.replicas(), exchange, FlowNames.deadLetterKey(flow, step, run));
        }
        channels.with(channel -> {
            for (var step : plan.sailors().keySet()) {
                for (var kind : FlowNames.FRAMES) {
                    channel.queueBind(plan.queueOf(step), exchange, FlowNames.key(flow, step, run, kind));
                }
                channel.queueBind(plan.queueOf(step), exchange, FlowNames.deadLetterKey(flow, step, run));
            }
            var first = plan.sailors().keySet().iterator().next();
            return channel.queueBind(plan.queueOf(first), exchange, FlowNames.replies("#"));
        });
    }

    private void declare(String queue, int replicas, String deadLetterExchange, String deadLetterKey) {
        var arguments = new HashMap<String, Object>();
        arguments.put("x-queue-type", "quorum");
        // Without this a full queue drops its oldest messages, which is the broker's default.
        arguments.put("x-overflow", "reject-publish");
        arguments.put("x-max-length", MOST_MESSAGES);
        arguments.put("x-max-length-bytes", MOST_BYTES);
        arguments.put("x-delivery-limit", MOST_RETURNS);
        arguments.put("x-dead-letter-exchange", deadLetterExchange);
        arguments.put("x-dead-letter-routing-key", deadLetterKey);
        if (replicas == 1) {
            // Every process has a consumer. The broker delivers to one of them, which keeps the order, and to another
            // when that one is gone.
            arguments.put("x-single-active-consumer", true);
        }
        try {
            channels.with(channel -> channel.queueDeclare(queue, true, false, false, arguments));
        } catch (TopologyException e) {
            if (!TopologyChannels.isClosedWith(e, AMQP.PRECONDITION_FAILED)) {
                throw e;
            }
            // An older release has declared it with other arguments; a run keeps its queues as they are.
            log.info("The queue {} stays as it was declared before", queue);
        }
    }

    /**
     * Whether nothing is in these queues, of which nobody else takes: a consumer that looks is the proof that they have a
     * leader, since of a queue without one the broker says that it is empty.
     */
    public boolean areEmpty(Collection<String> queues) {
        return queues.stream().allMatch(this::isEmpty);
    }

    private boolean isEmpty(String queue) {
        try {
            return channels.with(channel -> LastConsumer.findsNothing(channel, queue));
        } catch (TopologyException e) {
            if (TopologyChannels.isClosedWith(e, AMQP.NOT_FOUND)) {
                return true;
            }
            throw e;
        }
    }

    /** Deletes queues with all that is in them; how many messages that was. */
    public long delete(List<String> queues) {
        return channels.with(channel -> {
            long dropped = 0;
            for (var queue : queues) {
                dropped += channel.queueDelete(queue).getMessageCount();
            }
            return dropped;
        });
    }

    /**
     * Deletes a queue that nobody takes from, after a look at the headers of all that is in it, some at a time.
     *
     * @param someSeen done for each batch before it is taken from the queue; what it throws keeps the queue, with that
     *                 batch and all behind it
     * @return how many messages that was
     */
    public long delete(String queue, Consumer<Map<String, Object>> headers, Runnable someSeen) {
        return channels.with(channel -> {
            var read = BatchReading.read(channel, queue, headers, someSeen);
            return read + channel.queueDelete(queue).getMessageCount();
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
        var left = new ArrayDeque<>(queues);
        while (!left.isEmpty()) {
            try {
                channels.with(channel -> {
                    while (!left.isEmpty()) {
                        var declared = channel.queueDeclarePassive(left.getFirst());
                        depths.put(
                                left.removeFirst(),
                                new QueueDepth(declared.getMessageCount(), declared.getConsumerCount()));
                    }
                    return depths;
                });
            } catch (TopologyException e) {
                if (!TopologyChannels.isClosedWith(e, AMQP.NOT_FOUND)) {
                    throw e;
                }
                // The broker has closed the channel, since that queue does not exist.
                left.removeFirst();
            }
        }
        return depths;
    }

    /** Lets what has waited come back to this queue; without it, it would be a dead letter. */
    public void bindReturn(String queue) {
        channels.with(channel -> channel.queueBind(queue, ReturnRoute.EXCHANGE, queue));
    }

    /** Declares the queue in which a tenant's messages wait for this long. */
    public void declareWait(String name, Duration wait) {
        channels.with(channel -> {
            // A fanout exchange leaves the routing key (the step's queue) as it is through the wait.
            channel.exchangeDeclare(name, "fanout", true);
            channel.queueDeclare(name, true, false, false, ReturnRoute.waiting(wait));
            return channel.queueBind(name, name, "");
        });
    }

    @Override
    public void start() {
        channels.start();
    }

    @Override
    public void stop() {
        channels.stop();
    }

    @Override
    public boolean isRunning() {
        return channels.isRunning();
    }

    boolean isConnected() {
        return channels.isConnected();
    }

    /** Also for a reason that is none: a queue that was not there, or was there already. */
    boolean hasFailedLately() {
        return channels.hasFailedLately();
    }

    @Override
    public int getPhase() {
        return EnginePhase.PUBLISHING;
    }
}
