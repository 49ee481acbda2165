/**
 * The way of one delivery, class by class: {@link Hop} opens it, lets steps work, and has each {@link
 * dev.weft.execution.step.Outcome} turned into what it means ({@link Outcomes}); {@link Router} says which edges a message
 * takes, {@link Departures} where it goes; {@link Failures} tells of what went wrong. Who took it from its queue is in
 * {@code worker}, what must be safe before it is acknowledged in {@code settling}.
 */
@NullMarked
package dev.weft.execution.hop;

import org.jspecify.annotations.NullMarked;
