/** The flow itself: its content and its state, how it changes, how it is kept, and what is told about it. */
@NullMarked
package dev.weft.flow.flow;

import org.jspecify.annotations.NullMarked;
