/** What all trials have in common: a place, chance by a seed, a verdict, and how the books are closed in the end. */
@NullMarked
package dev.weft.bench.trial;

import org.jspecify.annotations.NullMarked;
