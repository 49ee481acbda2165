/** The record that is kept: one document an execution, made of the records of its steps. */
@NullMarked
package dev.weft.execution.execution;

import org.jspecify.annotations.NullMarked;
