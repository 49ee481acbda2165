/** Evaluates expressions for messages; used by the worker process and, for cheap expressions, by the service itself. */
@NullMarked
package dev.weft.sandbox.message;

import org.jspecify.annotations.NullMarked;
