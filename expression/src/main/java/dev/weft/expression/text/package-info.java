/** The built-in functions of texts. */
@NullMarked
package dev.weft.expression.text;

import org.jspecify.annotations.NullMarked;
