package dev.weft.execution.queue;

import dev.weft.common.broker.Settling;
import java.util.Map;

/**
 * A message taken from a queue, to be settled once.
 *
 * @param key     the routing key that it was published with; the queue's name when it was sent straight to it
 * @param returns how often the broker had to take it back ({@code x-delivery-count})
 */
public record Delivery(
        String queue, String key, Map<String, Object> headers, byte[] body, long tag, int returns, Settling settling) {

    /** What bodies of one queue that wait here, or are in work, may weigh together; one alone may weigh more. */
    public static final long SHARE = 8 * 1024 * 1024;

    /** Whether it came over an exchange, as what sailors publish does. */
    public boolean isRouted() {
        return !key.equals(queue);
    }

    public void acknowledge() {
        settling.acknowledge(tag);
    }

    public void requeue() {
        settling.requeue(tag);
    }

    public boolean isLive() {
        return settling.isOpen();
    }
}
