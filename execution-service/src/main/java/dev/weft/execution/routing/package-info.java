/**
 * Where a message goes from a step: {@link Router} decides the edges, {@link Faults} makes what the error handler gets,
 * {@link Replies} what the waiting caller gets. A message at a step is an {@link Arrival}.
 */
@NullMarked
package dev.weft.execution.routing;

import org.jspecify.annotations.NullMarked;
