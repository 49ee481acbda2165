/**
 * The work on one delivery, class by class: {@link Hop} opens it, lets steps work, and has each
 * {@link dev.weft.execution.step.Outcome} turned into what it means ({@link Outcomes}); {@link Departures} says where
 * messages go; {@link Failures} tells of what went wrong. Consuming from queues is in {@code consumer}, the choice of
 * edges in {@code routing}, limits of size and time in {@code budget}, confirms and acknowledgement in {@code
 * settling}.
 */
@NullMarked
package dev.weft.execution.hop;

import org.jspecify.annotations.NullMarked;
