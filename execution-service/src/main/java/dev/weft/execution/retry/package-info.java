/** A person's retry of a failed message: asked for, noted in its execution, sent. */
@NullMarked
package dev.weft.execution.retry;

import org.jspecify.annotations.NullMarked;
