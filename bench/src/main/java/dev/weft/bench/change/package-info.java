/** Trials of what is changed on purpose while calls go on: flows and their versions, processes one after the other. */
@NullMarked
package dev.weft.bench.change;

import org.jspecify.annotations.NullMarked;
