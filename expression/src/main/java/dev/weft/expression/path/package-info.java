/** Paths, their steps, and the names that are bound on the way. */
@NullMarked
package dev.weft.expression.path;

import org.jspecify.annotations.NullMarked;
