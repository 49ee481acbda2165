/** When flows fire by time, and who fires them. */
@NullMarked
package dev.weft.execution.schedule;

import org.jspecify.annotations.NullMarked;
