/** How much the flows use, by day: measured as records are written, stored in batches, shown by workspace and contract. */
@NullMarked
package dev.weft.execution.usage;

import org.jspecify.annotations.NullMarked;
