/** What happened: records of steps, kept as one document an execution, listed and shown. */
@NullMarked
package dev.weft.execution.execution;

import org.jspecify.annotations.NullMarked;
