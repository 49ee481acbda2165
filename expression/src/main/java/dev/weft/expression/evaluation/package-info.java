/** The parts of an expression as nodes that evaluate themselves. */
@NullMarked
package dev.weft.expression.evaluation;

import org.jspecify.annotations.NullMarked;
