/** The records that hops write: what each delivery did. */
@NullMarked
package dev.weft.execution.record;

import org.jspecify.annotations.NullMarked;
