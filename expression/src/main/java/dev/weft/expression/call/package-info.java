/** Functions that an expression defines, and how it calls those and others. */
@NullMarked
package dev.weft.expression.call;

import org.jspecify.annotations.NullMarked;
