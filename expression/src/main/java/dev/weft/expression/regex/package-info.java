/** Regular expressions, which are those of JavaScript, on the JDK's. */
@NullMarked
package dev.weft.expression.regex;

import org.jspecify.annotations.NullMarked;
