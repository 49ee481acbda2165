/** Ordered indexes in maps of the store: the primary one, plain ones and unique ones. */
@NullMarked
package dev.weft.store.index;

import org.jspecify.annotations.NullMarked;
