/** What the engine counts and times for its operators. */
@NullMarked
package dev.weft.execution.metrics;

import org.jspecify.annotations.NullMarked;
