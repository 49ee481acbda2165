/**
 * What a step is: its input, the outcomes of its work, and how built-in functions become steps. How a delivery is
 * worked on is in {@code hop}.
 */
@NullMarked
package dev.weft.execution.step;

import org.jspecify.annotations.NullMarked;
