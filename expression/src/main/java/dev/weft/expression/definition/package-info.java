/** How a built-in function is defined and called: its signature, and its arguments checked against that. */
@NullMarked
package dev.weft.expression.definition;

import org.jspecify.annotations.NullMarked;
