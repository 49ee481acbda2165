package dev.weft.execution.topology;

import java.time.Duration;
import java.util.Map;

/**
 * The way back of a message that waits: when its time is over, its waiting queue dead-letters it to {@link #EXCHANGE},
 * with the step's queue as routing key. Dead-lettering straight to that queue (the default exchange) would not do:
 * at-least-once dead-lettering keeps messages without a target and has few slots for them, so the rebounds of one
 * stopped flow would block all others of its tenant. Here they go to {@link #LOST}, the dead letters.
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
