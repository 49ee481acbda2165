/** Sends mail. */
@NullMarked
package dev.weft.execution.builtin.email;

import org.jspecify.annotations.NullMarked;
