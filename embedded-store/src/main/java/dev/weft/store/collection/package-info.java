/** Collections and databases as the library knows them, on the maps of the store and with its indexes. */
@NullMarked
package dev.weft.store.collection;

import org.jspecify.annotations.NullMarked;
