/** What other features know of flows: their workspace, their steps, and what is removed with them. */
@NullMarked
package dev.weft.execution.flow;

import org.jspecify.annotations.NullMarked;
