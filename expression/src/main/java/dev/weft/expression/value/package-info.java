/** The values of the language, and the state of an evaluation: names, limits and faults. */
@NullMarked
package dev.weft.expression.value;

import org.jspecify.annotations.NullMarked;
