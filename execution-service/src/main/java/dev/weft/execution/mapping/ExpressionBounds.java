package dev.weft.execution.mapping;

import com.dashjoin.jsonata.Jsonata;

/**
 * What one evaluation may use.
 *
 * @param functions the scope of functions around it
 * @param deadline  of {@link System#nanoTime}
 * @param depth     nodes within nodes
 */
record ExpressionBounds(Jsonata.Frame functions, long deadline, int depth) {}
