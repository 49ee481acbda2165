/** Trials of servers that live and do not do their work. */
@NullMarked
package dev.weft.bench.sickness;

import org.jspecify.annotations.NullMarked;
