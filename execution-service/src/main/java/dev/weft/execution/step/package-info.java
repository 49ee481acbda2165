/** The way of a message: from delivery through a step's work to its outcomes, routed, recorded, confirmed, acknowledged. */
@NullMarked
package dev.weft.execution.step;

import org.jspecify.annotations.NullMarked;
