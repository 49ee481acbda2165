/** Collections and databases in the form that the library expects, on the maps of the store: changes and indexes. */
@NullMarked
package dev.weft.store.collection;

import org.jspecify.annotations.NullMarked;
