package dev.weft.execution.hop;

import dev.weft.execution.failure.Failure;

/** What becomes of an emitted message at one edge that is not closed to it. */
sealed interface Routed {

    /** The message at the edge's target. */
    Arrival arrival();

    /** It goes on. */
    record Taken(Arrival arrival) implements Routed {}

    /** The edge's condition or mapping failed: an error of its target, whose input is the message before the edge. */
    record Fault(Arrival arrival, Failure failure) implements Routed {}
}
