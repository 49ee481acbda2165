package dev.weft.expression.value;

/**
 * What one evaluation may use.
 *
 * @param deadline of {@link System#nanoTime}
 * @param depth    nodes within nodes
 */
public record ExpressionBounds(long deadline, int depth) {}
