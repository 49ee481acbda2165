package dev.weft.execution.topology;

import java.time.Duration;
import java.util.Map;

/**
 * The way back of a message that waits: its queue lets it go after its time to {@link #EXCHANGE}, still with the step's
 * queue as routing key. Straight to that queue (the default exchange) would not do: a queue that dead-letters at least
 * once keeps what has no target and has few such slots, so that the rebounds of one stopped flow would hold up all
 * others of its tenant. Here they go to {@link #LOST}, the dead letters.
 */
final class ReturnRoute {

    static final String EXCHANGE = "weft.rebound-returns";
    static final String LOST = "weft.rebound-lost";

    private ReturnRoute() {}

    static Map<String, Object> waiting(Duration wait) {
        return Map.of(
                "x-queue-type", "quorum",
                "x-overflow", "reject-publish",
                "x-message-ttl", wait.toMillis(),
                "x-dead-letter-exchange", EXCHANGE,
                "x-dead-letter-strategy", "at-least-once");
    }
}
