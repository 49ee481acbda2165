/** Writing to a disk that is full, or fails, for a while. */
@NullMarked
package dev.weft.store.disk;

import org.jspecify.annotations.NullMarked;
