package dev.weft.execution.topology;

/**
 * What the broker tells of a queue.
 *
 * @param ready     messages that no worker has
 * @param consumers over all processes
 */
public record QueueDepth(long ready, int consumers) {}
