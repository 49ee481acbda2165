package dev.weft.execution.queue;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.execution.step.StepFailure;
import java.util.HashMap;
import java.util.Map;

/**
 * A flow message ready to be published.
 *
 * @param exchange empty: straight to the queue that the key names
 * @param durable  whether it must survive the broker's restart
 */
public record FlowFrame(String exchange, String key, Map<String, Object> headers, byte[] body, boolean durable) {

    /** The broker takes 128 KiB in one piece, to which something of ours may still be added. */
    private static final int LARGEST_HEADERS = 100 * 1024;

    /**
     * Straight to a queue.
     *
     * @throws StepFailure when the headers are larger than the broker takes
     */
    public static FlowFrame to(String queue, Map<String, Object> headers, byte[] body) {
        return over("", queue, headers, body);
    }

    /**
     * Over an exchange.
     *
     * @throws StepFailure as {@link #to}
     */
    public static FlowFrame over(String exchange, String key, Map<String, Object> headers, byte[] body) {
        if (HeaderSize.of(headers) > LARGEST_HEADERS) {
            throw new StepFailure(
                    "HeadersTooLarge", "The headers of the message are larger than " + LARGEST_HEADERS + " bytes.");
        }
        return new FlowFrame(exchange, key, headers, body, true);
    }

    /** The same once more after a refusal (sailor-runtime 5.4); {@code retry} is 1 for the first. */
    public FlowFrame republished(int retry) {
        var marked = new HashMap<>(headers);
        marked.put(FlowHeaders.RETRY, retry);
        return new FlowFrame(exchange, key, marked, body, durable);
    }

    /** To a queue that ends with its owner, such as a gateway's replies. */
    public static FlowFrame passing(String queue, Map<String, Object> headers, byte[] body) {
        return new FlowFrame("", queue, headers, body, false);
    }
}
