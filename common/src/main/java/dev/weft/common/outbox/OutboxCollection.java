package dev.weft.common.outbox;

/** Names a collection whose documents carry an {@code outbox}; a bean per collection, so that the sweeper knows it. */
public record OutboxCollection(String name) {}
