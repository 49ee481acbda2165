package dev.weft.execution.topology;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerLink;
import dev.weft.execution.queue.PublishFailure;
import dev.weft.execution.topology.FlowTopology.TopologyException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection over which queues are declared, looked at and deleted. Each piece of work has a channel of its own:
 * the broker closes the channel when it is asked for a queue that does not exist, which would break the questions of
 * others.
 */
final class TopologyChannels {

    private static final Logger log = LoggerFactory.getLogger(TopologyChannels.class);
    private static final Duration LATELY = Duration.ofMinutes(1);

    /** A piece of work on a channel of its own. */
    interface Work<T> {
        T on(Channel channel) throws IOException;
    }

    private final BrokerLink link;
    private final Duration patience;
    private volatile long failed = System.nanoTime() - LATELY.toNanos();

    /**
     * @param patience of whoever asks, for a connection
     * @param user     told of each new connection before anyone works with it
     */
    TopologyChannels(BrokerConnections connections, Duration patience, BrokerLink.User user) {
        this.patience = patience;
        this.link = new BrokerLink(connections, "weft-topology", user);
    }

    /** @throws TopologyException when the broker can not be reached, or refuses */
    <T> T with(Work<T> work) {
        Channel channel = null;
        try {
            channel = link.await(patience)
                    .orElseThrow(PublishFailure.BrokerGone::new)
                    .createChannel();
            if (channel == null) {
                throw new IOException("The connection has no more channels.");
            }
            var result = work.on(channel);
            channel.close();
            return result;
        } catch (IOException | TimeoutException | AlreadyClosedException | PublishFailure.BrokerGone e) {
            abort(channel);
            failed = System.nanoTime();
            throw new TopologyException(e);
        } catch (RuntimeException | Error e) {
            // What it has taken from a queue goes back there.
            abort(channel);
            throw e;
        }
    }

    /** One that waits for an answer still must not stay open. */
    private static void abort(@Nullable Channel channel) {
        try {
            if (channel != null && channel.isOpen()) {
                channel.abort();
            }
        } catch (IOException e) {
            log.debug("A channel ended while it was closed: {}", e.toString());
        }
    }

    /** Whether the broker has closed the channel for that reason. */
    static boolean isClosedWith(TopologyException refusal, int code) {
        var failure = refusal.getCause();
        return failure != null
                && failure.getCause() instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == code;
    }

    void start() {
        link.start();
    }

    void stop() {
        link.stop();
    }

    boolean isRunning() {
        return link.isRunning();
    }

    boolean isConnected() {
        return link.isConnected();
    }

    /** Also for a reason that is none: a queue that was not there, or was there already. */
    boolean hasFailedLately() {
        return System.nanoTime() - failed < LATELY.toNanos();
    }
}
