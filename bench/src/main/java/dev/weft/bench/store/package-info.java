/**
 * The embedded store in a process of its own: killed again and again, and measured. {@link StoreProxy} makes a store that is
 * electing of any.
 */
@NullMarked
package dev.weft.bench.store;

import org.jspecify.annotations.NullMarked;
