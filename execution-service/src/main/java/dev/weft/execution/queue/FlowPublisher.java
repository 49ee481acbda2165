package dev.weft.execution.queue;

import java.util.concurrent.CompletableFuture;

/**
 * Publishes flow messages. The future ends when the broker has the message safe in a queue, or with a
 * {@link PublishFailure}; its stages run on the client's thread and must not block. Messages to one queue keep their
 * order.
 */
public interface FlowPublisher {
    CompletableFuture<Void> publish(FlowFrame frame);
}
