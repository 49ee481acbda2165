/** A MongoDB-compatible document store of one machine, which knows nothing of Weft. */
@NullMarked
package dev.weft.store;

import org.jspecify.annotations.NullMarked;
