/** What hops write down: what each delivery did, and who keeps it. */
@NullMarked
package dev.weft.execution.record;

import org.jspecify.annotations.NullMarked;
