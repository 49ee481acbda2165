/** Flows as flow-service tells of them: where they belong and which steps they have. */
@NullMarked
package dev.weft.execution.flow;

import org.jspecify.annotations.NullMarked;
