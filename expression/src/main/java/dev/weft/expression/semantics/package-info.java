/** What the language does with values of any kind: their truth, equality and order, and how they are copied and written. */
@NullMarked
package dev.weft.expression.semantics;

import org.jspecify.annotations.NullMarked;
