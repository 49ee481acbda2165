/** How much waits in the queues of a flow. */
@NullMarked
package dev.weft.execution.statistics;

import org.jspecify.annotations.NullMarked;
