package dev.weft.common.outbox;

/** Names a collection whose documents have an {@code outbox}, for the sweeper; one bean per collection. */
public record OutboxCollection(String name) {}
