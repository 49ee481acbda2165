/**
 * The way of one delivery, class by class: {@link Hop} opens it, lets steps work, and has each {@link
 * dev.weft.execution.step.Outcome} turned into what it means ({@link Outcomes}); {@link Departures} says where messages go;
 * {@link Failures} tells of what went wrong. Who took it from its queue is in {@code consumer}, which edges a message takes in
 * {@code routing}, what all of it may come to in {@code budget}, what must be safe before it is acknowledged in {@code
 * settling}.
 */
@NullMarked
package dev.weft.execution.hop;

import org.jspecify.annotations.NullMarked;
