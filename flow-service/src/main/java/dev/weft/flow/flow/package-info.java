/** The flow itself: its content, its state, and how both are stored and shown. */
@NullMarked
package dev.weft.flow.flow;

import org.jspecify.annotations.NullMarked;
