/**
 * Where a message goes from a step, and as what: {@link Router} says which edges it takes, {@link Faults} what the error
 * handler gets, {@link Replies} what the caller who waits is told. What comes to a step is an {@link Arrival}.
 */
@NullMarked
package dev.weft.execution.routing;

import org.jspecify.annotations.NullMarked;
