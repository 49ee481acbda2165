package dev.weft.gateway.webhook.broker;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.weft.gateway.webhook.broker.DoorBroker.PublishOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker how many messages lie in a queue that has refused one. A queue refuses ({@code reject-publish}) when
 * its ready messages are too many or too large, so one that refuses and is not empty is full. For a sick queue the
 * broker says that it is empty, or does not answer. The result is used for a second, for all calls that are refused
 * meanwhile.
 */
final class BrokerQueueProbe implements DoorQueueProbe {

    private static final int NO_SUCH_QUEUE = 404;
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Connection connection;
    private final AsyncLoadingCache<String, PublishOutcome> answers = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .buildAsync(this::ask);

    BrokerQueueProbe(Connection connection) {
        this.connection = connection;
    }

    @Override
    public PublishOutcome why(String queue) throws InterruptedException {
        try {
            return answers.get(queue).get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return PublishOutcome.REFUSED;
        }
    }

    /** On a channel of its own, which a question without an answer leaves unusable. */
    private PublishOutcome ask(String queue) throws IOException, InterruptedException {
        var channel = connection.createChannel();
        if (channel == null) {
            return PublishOutcome.REFUSED;
        }
        try {
            // queueDeclarePassive would wait for a sick queue as long as the connection's RPC time-out.
            var question =
                    new AMQP.Queue.Declare.Builder().queue(queue).passive().build();
            var answer = channel.asyncCompletableRpc(question).get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            return answer.getMethod() instanceof AMQP.Queue.DeclareOk told && told.getMessageCount() > 0
                    ? PublishOutcome.FULL
                    : PublishOutcome.REFUSED;
        } catch (ExecutionException e) {
            return isGone(e.getCause()) ? PublishOutcome.UNROUTABLE : PublishOutcome.REFUSED;
        } catch (TimeoutException e) {
            return PublishOutcome.REFUSED;
        } finally {
            // Closing may hang on the sick queue as the question did.
            Thread.ofVirtual().start(() -> close(channel));
        }
    }

    private static boolean isGone(@Nullable Throwable failure) {
        return failure instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == NO_SUCH_QUEUE;
    }

    private static void close(Channel channel) {
        try {
            channel.abort();
        } catch (IOException | RuntimeException e) {
            // Closed together with its connection.
        }
    }
}
