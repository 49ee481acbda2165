/** Flows as other features meet them: where they belong, which steps they have, and what goes with them. */
@NullMarked
package dev.weft.execution.flow;

import org.jspecify.annotations.NullMarked;
