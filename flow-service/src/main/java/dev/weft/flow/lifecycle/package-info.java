/** The wishes to start, stop, suspend or run a flow, and what came of them. */
@NullMarked
package dev.weft.flow.lifecycle;

import org.jspecify.annotations.NullMarked;
