/** A matrix of kills: each part of an installation, under each kind of flow, with every acknowledged call accounted for. */
@NullMarked
package dev.weft.bench.faults;

import org.jspecify.annotations.NullMarked;
