/** The operators between two values, and the minus before one. */
@NullMarked
package dev.weft.expression.operation;

import org.jspecify.annotations.NullMarked;
