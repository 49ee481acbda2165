/** Errors that somebody has to deal with: their inputs, how they are shown, and a person's retry, which is asked for, noted in the execution, and sent. */
@NullMarked
package dev.weft.execution.errorinbox;

import org.jspecify.annotations.NullMarked;
