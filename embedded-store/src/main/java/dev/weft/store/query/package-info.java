/** Which index answers a query, and in which order. */
@NullMarked
package dev.weft.store.query;

import org.jspecify.annotations.NullMarked;
