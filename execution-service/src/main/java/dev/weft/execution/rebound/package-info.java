/** A message that is to come again later: how long it waits, where, and how often (sailor-runtime 11). */
@NullMarked
package dev.weft.execution.rebound;

import org.jspecify.annotations.NullMarked;
