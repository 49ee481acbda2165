package dev.weft.gateway.webhook;

/** What became of a message that was handed to the broker. */
enum PublishOutcome {
    /** Durable in its queue. */
    ACCEPTED,
    /** The queue is at its limit. */
    FULL,
    /** There is no such queue. */
    UNROUTABLE,
    /** No connection, or it was lost before the broker said anything: the message may be there or not. */
    UNKNOWN
}
