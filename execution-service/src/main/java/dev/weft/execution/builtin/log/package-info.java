/** Writes to the log of the flow. */
@NullMarked
package dev.weft.execution.builtin.log;

import org.jspecify.annotations.NullMarked;
