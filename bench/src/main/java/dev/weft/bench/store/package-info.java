/** The embedded store in a process of its own: killed again and again, and measured. */
@NullMarked
package dev.weft.bench.store;

import org.jspecify.annotations.NullMarked;
