/** How long and how much is kept of what flows leave behind. */
@NullMarked
package dev.weft.execution.retention;

import org.jspecify.annotations.NullMarked;
