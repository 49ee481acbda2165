/** Rebounds: how long a message waits before it comes to its step again, where, and how often (sailor-runtime 11). */
@NullMarked
package dev.weft.execution.rebound;

import org.jspecify.annotations.NullMarked;
