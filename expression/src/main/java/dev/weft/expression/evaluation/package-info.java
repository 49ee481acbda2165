/** From the syntax tree of an expression to the nodes that are evaluated. */
@NullMarked
package dev.weft.expression.evaluation;

import org.jspecify.annotations.NullMarked;
