/** The built-in functions by their families, and how they are called. */
@NullMarked
package dev.weft.expression.function;

import org.jspecify.annotations.NullMarked;
