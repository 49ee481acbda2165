/**
 * How one process takes from the queues of a step: {@link StepConsumers} has the consumers that are this process's, of one
 * queue, and shares them with other processes by {@link ReplicaSlots}; {@link QueueWorker} keeps the queue's order and lets so
 * many deliveries be in work as the step may. Which queues there are is {@code worker}'s to know.
 */
@NullMarked
package dev.weft.execution.consumer;

import org.jspecify.annotations.NullMarked;
