/** JavaScript's regular expressions, translated to the JDK's. */
@NullMarked
package dev.weft.expression.regex;

import org.jspecify.annotations.NullMarked;
