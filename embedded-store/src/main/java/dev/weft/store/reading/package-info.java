/** Finding and returning documents: walks through indexes, sorts, pipelines, cursors, and their limits of memory. */
@NullMarked
package dev.weft.store.reading;

import org.jspecify.annotations.NullMarked;
