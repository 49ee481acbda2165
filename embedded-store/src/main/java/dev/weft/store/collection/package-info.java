/** Collections and databases as the library knows them, on the maps of the store: what changes them, and their indexes. */
@NullMarked
package dev.weft.store.collection;

import org.jspecify.annotations.NullMarked;
