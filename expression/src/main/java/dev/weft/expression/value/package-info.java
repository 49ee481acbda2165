/** The values of the language, and the run of an evaluation: its names, its time and depth, and the faults that end it. */
@NullMarked
package dev.weft.expression.value;

import org.jspecify.annotations.NullMarked;
