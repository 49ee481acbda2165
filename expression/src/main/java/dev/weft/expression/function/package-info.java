/** The built-in functions, by the types of values that they are for. */
@NullMarked
package dev.weft.expression.function;

import org.jspecify.annotations.NullMarked;
