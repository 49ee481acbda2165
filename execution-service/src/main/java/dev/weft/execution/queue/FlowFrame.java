package dev.weft.execution.queue;

import java.util.Map;

/**
 * A flow message ready to be published.
 *
 * @param exchange empty: straight to the queue that the key names
 * @param durable  whether it must survive the broker's restart
 */
public record FlowFrame(String exchange, String key, Map<String, Object> headers, byte[] body, boolean durable) {

    /** Straight to a queue. */
    public static FlowFrame to(String queue, Map<String, Object> headers, byte[] body) {
        return new FlowFrame("", queue, headers, body, true);
    }

    /** To a queue that ends with its owner, such as a gateway's replies. */
    public static FlowFrame passing(String queue, Map<String, Object> headers, byte[] body) {
        return new FlowFrame("", queue, headers, body, false);
    }
}
