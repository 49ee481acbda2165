/**
 * The end of runs: their queues go without a message being lost or dropped unheard, and their executions are canceled or
 * removed.
 */
@NullMarked
package dev.weft.execution.takedown;

import org.jspecify.annotations.NullMarked;
