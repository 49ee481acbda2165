/** Evaluates expressions: those with linear cost in this process, on watched threads, all others in the sandbox. */
@NullMarked
package dev.weft.execution.jsonata;

import org.jspecify.annotations.NullMarked;
