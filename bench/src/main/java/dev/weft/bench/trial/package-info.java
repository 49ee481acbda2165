/** Trials: faults of one kind, brought about in an installation of its own under calls, with every accepted call accounted for. */
@NullMarked
package dev.weft.bench.trial;

import org.jspecify.annotations.NullMarked;
