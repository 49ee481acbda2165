/** The trigger that time fires. */
@NullMarked
package dev.weft.execution.builtin.timer;

import org.jspecify.annotations.NullMarked;
