/** Executions as callers of the API see them. */
@NullMarked
package dev.weft.execution.executionview;

import org.jspecify.annotations.NullMarked;
