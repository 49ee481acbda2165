/** Trials of parts that die at any moment, and are started again. */
@NullMarked
package dev.weft.bench.death;

import org.jspecify.annotations.NullMarked;
