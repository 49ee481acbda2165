/** The trigger that a call of {@code /hook} fires. */
@NullMarked
package dev.weft.execution.builtin.webhook;

import org.jspecify.annotations.NullMarked;
