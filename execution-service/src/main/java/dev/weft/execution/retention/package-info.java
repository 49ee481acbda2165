/** Limits, by time and number, of what is stored of each flow. */
@NullMarked
package dev.weft.execution.retention;

import org.jspecify.annotations.NullMarked;
