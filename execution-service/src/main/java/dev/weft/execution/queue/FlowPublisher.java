package dev.weft.execution.queue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes flow messages. The future ends when the broker has the message safe in a queue, or with a
 * {@link PublishFailure}; its stages run on the client's thread and must not block. Messages to one queue keep their
 * order.
 */
public interface FlowPublisher {
    CompletableFuture<Void> publish(FlowFrame frame);

    /**
     * As {@link #publish}, and returns when the message is safe; never from a stage of such a future.
     *
     * @throws PublishFailure also when the broker does not answer within 15 s, as a queue without a leader does not
     */
    default void publishAndWait(FlowFrame frame) {
        try {
            publish(frame).get(15, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PublishFailure failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new PublishFailure.BrokerGone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishFailure.BrokerGone();
        }
    }
}
