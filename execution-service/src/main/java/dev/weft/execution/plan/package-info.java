/** A flow version made ready to run: steps, edges and expressions compiled once, and which steps one worker does together. */
@NullMarked
package dev.weft.execution.plan;

import org.jspecify.annotations.NullMarked;
