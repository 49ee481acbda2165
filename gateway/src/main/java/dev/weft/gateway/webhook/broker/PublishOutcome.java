package dev.weft.gateway.webhook.broker;

/** What became of a message that was handed to the broker. */
public enum PublishOutcome {
    /** Durable in its queue. */
    ACCEPTED,
    /** The queue is at its limit. */
    FULL,
    /** There is no such queue. */
    UNROUTABLE,
    /** The broker will not have it, though the queue is not at its limit: something is wrong with the queue. */
    REFUSED,
    /** The broker has said nothing in time: the message may be there or not. */
    LATE,
    /** No connection, or it was lost before the broker said anything: the message may be there or not. */
    UNKNOWN
}
