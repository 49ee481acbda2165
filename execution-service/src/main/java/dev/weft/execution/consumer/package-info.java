/**
 * How one process takes messages from the queues of a step: {@link StepConsumers} has this process's consumers of one
 * queue, which it shares with other processes by {@link ReplicaSlots}; {@link QueueWorker} keeps the queue's order and
 * lets so many deliveries be in work as the step may. The package {@code worker} knows which queues there are.
 */
@NullMarked
package dev.weft.execution.consumer;

import org.jspecify.annotations.NullMarked;
