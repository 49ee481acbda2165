/** Expressions made by chance, in search of those that break the evaluator's promises. */
@NullMarked
package dev.weft.bench.fuzz;

import org.jspecify.annotations.NullMarked;
