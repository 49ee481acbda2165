/** Interprets errors of writes to the document store: duplicates, what may be tried again, what is refused for good. */
@NullMarked
package dev.weft.execution.store;

import org.jspecify.annotations.NullMarked;
