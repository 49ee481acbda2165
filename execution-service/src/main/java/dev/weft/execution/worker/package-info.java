/**
 * Which runs this process works for: {@link Workers} has them, {@link OpenRun} one of them with the consumers of its queues
 * ({@code consumer}), {@link Balance} hands queues to other processes. {@link DeadLetters} sees to what the broker gave up,
 * {@link SuspectCare} to what may have killed a worker. The way of one delivery is in {@code hop}.
 */
@NullMarked
package dev.weft.execution.worker;

import org.jspecify.annotations.NullMarked;
