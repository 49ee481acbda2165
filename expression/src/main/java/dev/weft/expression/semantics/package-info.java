/** Operations on values of any type: truth, equality, order, copying and writing. */
@NullMarked
package dev.weft.expression.semantics;

import org.jspecify.annotations.NullMarked;
