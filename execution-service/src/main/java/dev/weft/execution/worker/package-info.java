/**
 * Who takes what from which queue: {@link Workers} has the runs that this process works for, {@link StepConsumers} and
 * {@link QueueWorker} their queues, {@link Balance} and slots share them with other processes. {@link DeadLetters} sees to
 * what the broker gave up. The way of one delivery is in {@code hop}.
 */
@NullMarked
package dev.weft.execution.worker;

import org.jspecify.annotations.NullMarked;
