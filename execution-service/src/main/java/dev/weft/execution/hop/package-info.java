/**
 * The way of a message, class by class: {@link QueueWorker} takes a {@link dev.weft.execution.queue.Delivery} in queue
 * order; {@link Hop} opens it, lets steps work, and turns each {@link dev.weft.execution.step.Outcome} into what it
 * means; {@link Router} says which edges a message takes; {@link ConfirmRound} publishes and records, and acknowledges
 * the delivery when all of it is safe.
 */
@NullMarked
package dev.weft.execution.hop;

import org.jspecify.annotations.NullMarked;
