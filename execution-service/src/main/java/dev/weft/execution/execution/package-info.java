/** The stored execution: one document each, put together from the records of its steps. */
@NullMarked
package dev.weft.execution.execution;

import org.jspecify.annotations.NullMarked;
