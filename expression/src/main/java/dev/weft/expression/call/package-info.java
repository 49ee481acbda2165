/** Functions that an expression defines, and calls of those and of built-in ones. */
@NullMarked
package dev.weft.expression.call;

import org.jspecify.annotations.NullMarked;
