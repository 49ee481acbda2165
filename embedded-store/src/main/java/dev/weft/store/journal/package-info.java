/** The journal: it keeps acknowledged writes safe until the store's file has them. */
@NullMarked
package dev.weft.store.journal;

import org.jspecify.annotations.NullMarked;
