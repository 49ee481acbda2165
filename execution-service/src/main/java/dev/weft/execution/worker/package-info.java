/**
 * The runs that this process works for: {@link Workers} has all of them, {@link OpenRun} one with the consumers of its
 * queues (package {@code consumer}); {@link Balance} hands queues to other processes. {@link DeadLetters} handles
 * messages that the broker gave up, {@link SuspectCare} messages that may have killed a worker. The work on one
 * delivery is in {@code hop}.
 */
@NullMarked
package dev.weft.execution.worker;

import org.jspecify.annotations.NullMarked;
